package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// Finds a claim by its dotted path. Names may contain dots themselves
/// (`https://example.com/groups`), so at every level the longest name that exists is followed
/// first, and a shorter one only where that leads nowhere.
final class ClaimPath {

    private ClaimPath() {}

    /// The claim; empty where it is missing or null.
    static Optional<JsonNode> find(ObjectNode claims, String path) {
        JsonNode exact = claims.get(path);
        if (exact != null && !exact.isNull()) {
            return Optional.of(exact);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            JsonNode inner = claims.get(path.substring(0, dot));
            if (inner instanceof ObjectNode object) {
                Optional<JsonNode> found = find(object, path.substring(dot + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
