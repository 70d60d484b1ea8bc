package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.token.RefreshToken;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.oidc.ClientCredentials.Confidential;
import dev.vestibule.oidc.ClientCredentials.Public;
import dev.vestibule.oidc.ClientCredentials.Signed;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.util.Optional;

/// Redeems codes and refresh tokens.
final class TokenEndpoint {

    static final int BYTES_MAX = 128 * 1024;

    private final String providerId;
    private final ProviderHttp http;
    private final ClientCredentials credentials;

    TokenEndpoint(String providerId, ProviderHttp http, ClientCredentials credentials) {
        this.providerId = providerId;
        this.http = http;
        this.credentials = credentials;
    }

    /// What the endpoint answered.
    sealed interface TokenAnswer {
        /// `invalid_grant`: this code or token is worth nothing (any more).
        ///
        /// @param description the provider's own words; untrusted, empty where it says nothing
        record Refused(String description) implements TokenAnswer {}

        /// Tokens, of which none is believed yet.
        record Granted(Secret accessToken, ObjectNode body) implements TokenAnswer {

            Optional<String> idToken() {
                return text(body, "id_token");
            }

            Optional<Secret> refreshToken() {
                return text(body, "refresh_token").map(Secret::new);
            }

            @Override
            public String toString() {
                return "Granted[]";
            }
        }
    }

    /// OIDC Core section 3.1.3.1, RFC 7636 section 4.5.
    TokenAnswer redeem(URI endpoint, String code, PendingSignIn pending) {
        return ask(
                endpoint,
                new AuthorizationCodeGrant(
                        new AuthorizationCode(code),
                        pending.redirectUri(),
                        new com.nimbusds.oauth2.sdk.pkce.CodeVerifier(
                                pending.codeVerifier().value().reveal())));
    }

    /// OIDC Core section 12.1.
    TokenAnswer refresh(URI endpoint, Secret refreshToken) {
        return ask(endpoint, new RefreshTokenGrant(new RefreshToken(refreshToken.reveal())));
    }

    private TokenAnswer ask(URI endpoint, AuthorizationGrant grant) {
        return http.send(
                request(endpoint, grant).toHTTPRequest(),
                BYTES_MAX,
                answer -> read(endpoint, answer));
    }

    private TokenAnswer read(URI endpoint, ProviderHttp.Answer answer) {
        Optional<ObjectNode> body = answer.json();
        if (!answer.isOk()) {
            return refused(answer, body);
        }
        ObjectNode tokens =
                body.orElseThrow(() -> http.unavailable(endpoint, "sent no readable tokens"));
        Optional<String> accessToken = text(tokens, "access_token");
        Optional<String> type = text(tokens, "token_type");
        if (accessToken.isEmpty() || !type.map("bearer"::equalsIgnoreCase).orElse(false)) {
            throw http.unavailable(endpoint, "sent no bearer token");
        }
        return new TokenAnswer.Granted(new Secret(accessToken.get()), tokens);
    }

    private TokenRequest request(URI endpoint, AuthorizationGrant grant) {
        return switch (credentials) {
            case Public(var clientId) ->
                    new TokenRequest.Builder(endpoint, clientId, grant).build();
            case Confidential client ->
                    new TokenRequest.Builder(endpoint, client.authentication(), grant).build();
            case Signed client ->
                    new TokenRequest.Builder(endpoint, client.authentication(endpoint), grant)
                            .build();
        };
    }

    /// RFC 6749 section 5.2. All errors but `invalid_grant` say that the provider does not accept
    /// us as its client, whoever signs in.
    private TokenAnswer refused(ProviderHttp.Answer answer, Optional<ObjectNode> body) {
        String error = body.flatMap(found -> text(found, "error")).orElse("no reason");
        if (error.equals("invalid_grant")) {
            return new TokenAnswer.Refused(
                    body.flatMap(found -> text(found, "error_description")).orElse(""));
        }
        throw new OpenIdProviderMisconfigured(
                "The provider "
                        + providerId
                        + " refuses us at its token endpoint ("
                        + answer.status()
                        + ", "
                        + ForeignText.excerpt(error)
                        + "); compare client id, secret and authentication method with what is"
                        + " registered there.");
    }

    private static Optional<String> text(ObjectNode body, String name) {
        JsonNode found = body.path(name);
        return found.isTextual() && !found.textValue().isEmpty()
                ? Optional.of(found.textValue())
                : Optional.empty();
    }
}
