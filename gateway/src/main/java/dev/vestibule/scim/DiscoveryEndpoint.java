package dev.vestibule.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.http.Response;
import dev.vestibule.resource.Discovery;
import dev.vestibule.resource.ScimError;

import java.util.List;
import java.util.Optional;

/// What can be done here (RFC 7644 section 4). Safe to share between threads.
final class DiscoveryEndpoint {

    Response answer(ScimRequest request) {
        if (!request.method().equals("GET")) {
            return ScimAnswers.otherMethod("GET, HEAD");
        }
        if (request.http().query().single("filter").isPresent()) {
            // RFC 7644 section 4: so that nobody takes the whole for an answer to the filter.
            throw ScimError.forbidden("What can be done here is not searched.");
        }
        String base = request.rendering().base();
        List<String> path = request.path();
        String name = path.size() > 1 ? path.get(1) : "";
        if (path.size() > 2) {
            throw nothingHere();
        }
        return switch (path.getFirst()) {
            case "ResourceTypes" ->
                    name.isEmpty()
                            ? list(Discovery.resourceTypes(base))
                            : one(Discovery.resourceType(base, name));
            case "Schemas" ->
                    name.isEmpty()
                            ? list(Discovery.schemas(base))
                            : one(Discovery.schema(base, name));
            // authentik's mode for Salesforce asks for `ServiceProviderConfigs`.
            default ->
                    one(
                            Optional.of(Discovery.serviceProviderConfig(base))
                                    .filter(_ -> name.isEmpty()));
        };
    }

    private static Response list(List<ObjectNode> all) {
        ListResponse page = new ListResponse();
        all.forEach(page::add);
        return ScimAnswers.json(200, page.finish(all.size(), 1));
    }

    private static Response one(Optional<ObjectNode> document) {
        return ScimAnswers.json(200, document.orElseThrow(DiscoveryEndpoint::nothingHere));
    }

    private static ScimError nothingHere() {
        return ScimError.notFound("There is nothing at this address.");
    }
}
