package dev.vestibule.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Paths;
import dev.vestibule.client.Clients;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Handler;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `GET /.well-known/oauth-authorization-server` (RFC 8414) and `oauth-protected-resource` (RFC
/// 9728): what this gateway does, and nothing that it does not.
final class MetadataHandler implements Handler {

    private final LoginHomes homes;
    private final Map<HomeId, Clients> clients;

    MetadataHandler(LoginHomes homes, Map<HomeId, Clients> clients) {
        this.homes = homes;
        this.clients = Map.copyOf(clients);
    }

    @Override
    public Response handle(Request request) {
        Origin issuer = homes.get(request.home()).canonical();
        List<String> path = request.target().segments();
        return path.get(1).equals("oauth-protected-resource")
                ? Response.json(
                        200, resource(request.origin(), path.subList(2, path.size()), issuer))
                : Response.json(200, server(issuer, clientsOf(request.home())));
    }

    private Clients clientsOf(HomeId home) {
        Clients found = clients.get(home);
        if (found == null) {
            throw new IllegalStateException("no such home: " + home);
        }
        return found;
    }

    /// RFC 8414 section 2. Home Assistant knows no scopes, so there are none to name.
    private static ObjectNode server(Origin issuer, Clients clients) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("issuer", issuer.toString())
                        .put("authorization_endpoint", issuer + Paths.AUTHORIZE)
                        .put("token_endpoint", issuer + Paths.TOKEN)
                        .put("revocation_endpoint", issuer + Paths.REVOKE)
                        // RFC 9207 section 3.
                        .put("authorization_response_iss_parameter_supported", true);
        node.putArray("response_types_supported").add("code");
        node.putArray("response_modes_supported").add("query");
        node.putArray("grant_types_supported").add("authorization_code").add("refresh_token");
        node.putArray("code_challenge_methods_supported").add("S256");
        node.putArray("token_endpoint_auth_methods_supported").add("none");
        node.putArray("revocation_endpoint_auth_methods_supported").add("none");
        if (clients.readsDocuments()) {
            node.put("client_id_metadata_document_supported", true);
        }
        return node;
    }

    /// RFC 9728 section 2.
    ///
    /// @param asked at which address of the home the client looks
    /// @param path of the resource, which stands behind the document's own (section 3.1); a client
    ///   uses the document only where it names what it asked for (section 3.3)
    private static ObjectNode resource(Origin asked, List<String> path, Origin issuer) {
        String resource =
                path.stream()
                        .map(segment -> "/" + PercentCoding.encode(segment))
                        .collect(Collectors.joining("", asked.toString(), ""));
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("resource", resource);
        node.putArray("authorization_servers").add(issuer.toString());
        node.putArray("bearer_methods_supported").add("header");
        return node;
    }
}
