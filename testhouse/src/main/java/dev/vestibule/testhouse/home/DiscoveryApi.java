package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/// `/.well-known/...`: what the authorization server says about itself.
final class DiscoveryApi {

    private static final String DOCUMENTATION =
            "https://developers.home-assistant.io/docs/auth_api";

    private final House house;

    DiscoveryApi(House house) {
        this.house = house;
    }

    void addTo(Endpoints endpoints) {
        endpoints.open("GET", "/.well-known/oauth-authorization-server", this::authorizationServer);
        if (house.version().describesProtectedResource()) {
            endpoints.open("GET", "/.well-known/oauth-protected-resource", this::protectedResource);
        }
        endpoints.open(
                "GET",
                "/.well-known/change-password",
                _ -> Answer.text(302, "302: Found").with("Location", "/profile"));
    }

    private Answer authorizationServer(HomeRequest request) {
        String base = house.version().namesIssuer() ? configuredBase(request).orElse("") : "";
        ObjectNode json =
                Json.object()
                        .put("authorization_endpoint", base + "/auth/authorize")
                        .put("token_endpoint", base + "/auth/token")
                        .put("revocation_endpoint", base + "/auth/revoke");
        json.putArray("response_types_supported").add("code");
        json.put("service_documentation", DOCUMENTATION);
        if (!base.isEmpty()) {
            json.put("issuer", base);
        }
        if (house.version().describesProtectedResource()) {
            json.put("client_id_metadata_document_supported", true);
        }
        return Answer.json(200, json);
    }

    private Answer protectedResource(HomeRequest request) {
        Optional<String> base = configuredBase(request);
        if (base.isEmpty()) {
            return Answer.message(404, "No URL available");
        }
        ObjectNode json = Json.object().put("resource", base.get());
        json.putArray("authorization_servers").add(base.get());
        return Answer.json(200, json.put("resource_documentation", DOCUMENTATION));
    }

    /// The configured address whose host is the one that was asked.
    private Optional<String> configuredBase(HomeRequest request) {
        String host = request.header("Host").orElse("");
        return Stream.of(house.settings().externalUrl(), house.settings().internalUrl())
                .filter(url -> !url.isEmpty())
                .filter(url -> host.equals(URI.create(url).getRawAuthority()))
                .findFirst();
    }
}
