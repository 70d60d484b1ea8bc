package dev.vestibule.passkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.foreign.UnambiguousJson;

import java.util.Optional;

/// Reads the JSON of browsers where it can be read in one way only, and no further than an answer
/// of an authenticator goes.
final class PasskeyJson {

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(32)
                    .maxNameLength(256)
                    .maxStringLength(32 * 1024)
                    .build();

    private static final ObjectMapper MAPPER = UnambiguousJson.within(LIMITS).build();

    private PasskeyJson() {}

    /// The object that the text is; empty for anything else.
    static Optional<ObjectNode> object(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    /// A member that holds bytes, and neither none nor too many.
    static Optional<byte[]> bytes(JsonNode node, String name, int most) {
        return text(node, name)
                .flatMap(Base64Url::decode)
                .filter(bytes -> bytes.length > 0 && bytes.length <= most);
    }
}
