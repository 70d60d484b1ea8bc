package dev.vestibule.oidc;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.foreign.UnambiguousJson;

import java.io.IOException;
import java.util.Optional;

/// Reads JSON that can be read in one way only. A doubled member, which two readers would resolve
/// differently, makes the whole text unreadable (RFC 8259 section 4, RFC 7515 section 5.2 step 3);
/// so do depth, numbers and names beyond any real document.
public final class StrictJson {

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(64)
                    .maxNameLength(1024)
                    .maxStringLength(64 * 1024)
                    .build();

    private static final ObjectMapper MAPPER = UnambiguousJson.within(LIMITS).build();

    private StrictJson() {}

    /// What became of reading a text.
    public sealed interface Reading {

        record Read(ObjectNode object) implements Reading {}

        /// JSON, but no object.
        record NoObject() implements Reading {}

        /// @param line from 1; 0 where it is not known
        /// @param column of characters, from 1; 0 where it is not known
        record Broken(int line, int column) implements Reading {}
    }

    /// Reads for somebody who is told what is wrong with the text.
    public static Reading read(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object
                    ? new Reading.Read(object)
                    : new Reading.NoObject();
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            return at == null
                    ? new Reading.Broken(0, 0)
                    : new Reading.Broken(at.getLineNr(), at.getColumnNr());
        }
    }

    /// The object that the bytes hold; empty for anything else.
    public static Optional<ObjectNode> object(byte[] bytes) {
        try {
            JsonNode read = MAPPER.readTree(bytes);
            return read instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
