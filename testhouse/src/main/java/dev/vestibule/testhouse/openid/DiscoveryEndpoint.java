package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.openid.ProviderOptions.Feature;

import java.util.ArrayList;
import java.util.List;

/// The discovery document, OpenID Connect Discovery 1.0 section 3, and the lies about it.
final class DiscoveryEndpoint implements Handler {

    private final ProviderOptions options;
    private final Issuers issuers;
    private final Script script;

    DiscoveryEndpoint(ProviderOptions options, Issuers issuers, Script script) {
        this.options = options;
        this.issuers = issuers;
        this.script = script;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        ObjectNode document = document();
        return script.about(DiscoveryLie.class)
                .map(lie -> falsely(lie, document))
                .orElseGet(() -> Answer.json(200, document));
    }

    ObjectNode document() {
        ObjectNode document =
                Json.object()
                        .put("issuer", issuers.own().toString())
                        .put("authorization_endpoint", issuers.endpoint(Endpoint.AUTHORIZE))
                        .put("token_endpoint", issuers.endpoint(Endpoint.TOKEN))
                        .put("userinfo_endpoint", issuers.endpoint(Endpoint.USER_INFO))
                        .put("jwks_uri", issuers.endpoint(Endpoint.JWKS))
                        .put("end_session_endpoint", issuers.endpoint(Endpoint.END_SESSION))
                        .put("backchannel_logout_supported", true)
                        .put("backchannel_logout_session_supported", has(Feature.SESSION_ID))
                        .put("request_parameter_supported", false)
                        .put("request_uri_parameter_supported", false);
        list(document, "response_types_supported", "code");
        list(document, "response_modes_supported", "query", "form_post");
        list(document, "subject_types_supported", "public");
        list(document, "code_challenge_methods_supported", "S256");
        list(document, "prompt_values_supported", "none", "login", "consent", "select_account");
        list(document, "id_token_signing_alg_values_supported", options.signingAlgorithm().name());
        list(
                document,
                "token_endpoint_auth_methods_supported",
                "client_secret_basic",
                "client_secret_post",
                "private_key_jwt",
                "none");
        list(
                document,
                "token_endpoint_auth_signing_alg_values_supported",
                "RS256",
                "PS256",
                "ES256");
        putOptional(document);
        return document;
    }

    private void putOptional(ObjectNode document) {
        var scopes = new ArrayList<>(List.of("openid", "profile", "email", "groups"));
        var grantTypes = new ArrayList<>(List.of("authorization_code"));
        if (has(Feature.OFFLINE_ACCESS)) {
            scopes.add("offline_access");
            grantTypes.add("refresh_token");
        }
        document.set("scopes_supported", Json.array(scopes));
        document.set("grant_types_supported", Json.array(grantTypes));
        if (has(Feature.ISSUER_PARAMETER)) {
            document.put("authorization_response_iss_parameter_supported", true);
        }
        if (has(Feature.PAR)) {
            document.put("pushed_authorization_request_endpoint", issuers.endpoint(Endpoint.PAR));
        }
    }

    private Answer falsely(DiscoveryLie lie, ObjectNode document) {
        return switch (lie) {
            case OTHER_ISSUER -> Answer.json(200, document.put("issuer", issuers.stranger()));
            case ISSUER_WITH_SLASH -> Answer.json(200, document.put("issuer", issuers.own() + "/"));
            case MISSING_ISSUER -> Answer.json(200, document.without("issuer"));
            case HUGE -> Answer.json(200, Answer.padded(document));
            case GZIP_BOMB -> Answer.json(200, document).asGzipBomb();
            case SLOW -> Answer.json(200, document).dripping();
            case REDIRECT -> Answer.redirect(302, issuers.elsewhere() + Endpoint.DISCOVERY.path());
            case HTML -> Answer.page(200);
            case NOT_FOUND -> Answer.page(404);
            case SERVER_ERROR -> Answer.page(500);
            case FILE_ENDPOINTS -> Answer.json(200, pointing(document, "file:///etc"));
            case CLOUD_METADATA_ENDPOINTS ->
                    Answer.json(200, pointing(document, "http://169.254.169.254/latest"));
            case KEYS_TWICE ->
                    Answer.of(
                            200,
                            "application/json",
                            Json.writeTwice(
                                    document,
                                    "jwks_uri",
                                    issuers.elsewhere() + "/keys-of-a-stranger"));
        };
    }

    private static ObjectNode pointing(ObjectNode document, String base) {
        return document.put("token_endpoint", base + "/token").put("jwks_uri", base + "/jwks");
    }

    private static void list(ObjectNode document, String name, String... values) {
        document.set(name, Json.array(List.of(values)));
    }

    private boolean has(Feature feature) {
        return options.has(feature);
    }
}
