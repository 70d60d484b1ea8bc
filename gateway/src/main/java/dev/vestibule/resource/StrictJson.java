package dev.vestibule.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads JSON that can be read in one way only, and writes it as it was: numbers keep their digits.
final class StrictJson {

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(ScimLimits.JSON_DEPTH_MAX)
                    .maxNumberLength(64)
                    .maxNameLength(ScimLimits.NAME_LENGTH_MAX)
                    .maxStringLength(ScimLimits.TEXT_LENGTH_MAX)
                    .build();

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(LIMITS)
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private StrictJson() {}

    static JsonNode read(byte[] body) {
        if (body.length > ScimLimits.BODY_BYTES_MAX) {
            throw ScimError.tooLarge("A body has at most " + ScimLimits.BODY_BYTES_MAX + " bytes.");
        }
        try {
            JsonNode read = MAPPER.readTree(body);
            if (read.isMissingNode()) {
                throw ScimError.invalidSyntax("The body is empty.");
            }
            checkLetters(read);
            return read;
        } catch (StreamConstraintsException beyondLimits) {
            throw ScimError.invalidSyntax(
                    "The body is nested too deeply, or holds too long a name, number or text.");
        } catch (JsonProcessingException unreadable) {
            throw ScimError.invalidSyntax(
                    "The body is no JSON that can be read in one way only" + place(unreadable));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Half a letter, which JSON can spell and UTF-8 cannot.
    private static void checkLetters(JsonNode node) {
        if (node.isTextual() && !Texts.isWhole(node.textValue())) {
            throw halfLetter();
        }
        for (var member : node.properties()) {
            if (!Texts.isWhole(member.getKey())) {
                throw halfLetter();
            }
        }
        node.forEach(StrictJson::checkLetters);
    }

    private static ScimError halfLetter() {
        return ScimError.invalidSyntax("The body holds half a surrogate pair.");
    }

    private static String place(JsonProcessingException problem) {
        var location = problem.getLocation();
        return location == null
                ? "."
                : "; see line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    static byte[] write(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
