package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Writes what the token endpoint answers when all was well, and the lies about it.
final class TokenAnswers {

    private final ProviderOptions options;
    private final Grants grants;
    private final IdTokens idTokens;
    private final Issuers issuers;
    private final Script script;

    TokenAnswers(
            ProviderOptions options,
            Grants grants,
            IdTokens idTokens,
            Issuers issuers,
            Script script) {
        this.options = options;
        this.grants = grants;
        this.idTokens = idTokens;
        this.issuers = issuers;
        this.script = script;
    }

    Answer first(Grant grant, RegisteredClient client, Person person) {
        String accessToken = grants.issueAccessToken(grant);
        ObjectNode body = body(grant, accessToken);
        body.put("id_token", idTokens.first(grant, client, person, accessToken));
        return finish(body);
    }

    Answer refreshed(Grant grant, RegisteredClient client, Person person) {
        String accessToken = grants.issueAccessToken(grant);
        ObjectNode body = body(grant, accessToken);
        body.put("id_token", idTokens.refreshed(grant, client, person, accessToken));
        return finish(body);
    }

    private ObjectNode body(Grant grant, String accessToken) {
        ObjectNode body =
                Json.object()
                        .put("access_token", accessToken)
                        .put("token_type", "Bearer")
                        .put("expires_in", options.tokenLifetime().toSeconds())
                        .put("scope", String.join(" ", grant.scope().stream().sorted().toList()));
        if (options.has(ProviderOptions.Feature.REFRESH_TOKEN_ALWAYS)
                || (grant.scope().contains("offline_access")
                        && options.has(ProviderOptions.Feature.OFFLINE_ACCESS))) {
            body.put("refresh_token", grants.issueRefreshToken(grant));
        }
        return body;
    }

    private Answer finish(ObjectNode body) {
        return script.about(TokenLie.class)
                .map(lie -> falsely(lie, body))
                .orElseGet(() -> Answer.json(200, body))
                .unstored();
    }

    private Answer falsely(TokenLie lie, ObjectNode body) {
        return switch (lie) {
            case SERVER_ERROR -> Answer.page(500);
            case HTML -> Answer.page(200);
            case HUGE -> Answer.json(200, Answer.padded(body));
            case SLOW -> Answer.json(200, body).dripping();
            case WRONG_CONTENT_TYPE -> Answer.of(200, "text/plain", Json.write(body));
            case OTHER_TOKEN_TYPE -> Answer.json(200, body.put("token_type", "mac"));
            case NO_ID_TOKEN -> Answer.json(200, body.without("id_token"));
            case ID_TOKEN_NOT_TEXT -> Answer.json(200, body.put("id_token", 42));
            case REDIRECT -> Answer.redirect(307, issuers.elsewhere() + Endpoint.TOKEN.path());
            // These lies are told elsewhere: in the endpoint, and in the ID token.
            case CODE_REPLAY_ALLOWED,
                    PKCE_IGNORED,
                    REFRESH_OTHER_ISSUER,
                    REFRESH_OTHER_SUBJECT,
                    REFRESH_OTHER_AUDIENCE ->
                    Answer.json(200, body);
        };
    }
}
