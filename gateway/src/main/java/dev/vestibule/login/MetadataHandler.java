package dev.vestibule.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Paths;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

/// `GET /.well-known/oauth-authorization-server` (RFC 8414) and `oauth-protected-resource` (RFC
/// 9728): what this gateway does, and nothing that it does not.
final class MetadataHandler implements Handler {

    private final LoginHomes homes;

    MetadataHandler(LoginHomes homes) {
        this.homes = homes;
    }

    @Override
    public Response handle(Request request) {
        Origin origin = homes.get(request.home()).canonical();
        return request.target().segments().getLast().equals("oauth-protected-resource")
                ? Response.json(200, resource(origin))
                : Response.json(200, server(origin));
    }

    /// RFC 8414 section 2.
    private static ObjectNode server(Origin origin) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("issuer", origin.toString())
                        .put("authorization_endpoint", origin + Paths.AUTHORIZE)
                        .put("token_endpoint", origin + Paths.TOKEN)
                        .put("revocation_endpoint", origin + Paths.REVOKE);
        node.putArray("response_types_supported").add("code");
        node.putArray("response_modes_supported").add("query");
        node.putArray("grant_types_supported").add("authorization_code").add("refresh_token");
        node.putArray("code_challenge_methods_supported").add("S256");
        node.putArray("token_endpoint_auth_methods_supported").add("none");
        node.putArray("revocation_endpoint_auth_methods_supported").add("none");
        return node;
    }

    /// RFC 9728 section 2.
    private static ObjectNode resource(Origin origin) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("resource", origin.toString());
        node.putArray("authorization_servers").add(origin.toString());
        node.putArray("bearer_methods_supported").add("header");
        return node;
    }
}
