package dev.vestibule.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;

import dev.vestibule.foreign.UnambiguousJson;

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
            UnambiguousJson.within(LIMITS)
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
            check(read);
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

    private static void check(JsonNode node) {
        switch (node.getNodeType()) {
            case STRING -> checkLetters(node.textValue());
            case OBJECT -> {
                checkCount(node, ScimLimits.OBJECT_NAMES_MAX, "names in one object");
                node.fieldNames().forEachRemaining(StrictJson::checkLetters);
            }
            case ARRAY -> checkCount(node, ScimLimits.MEMBERS_MAX, "values in one list");
            case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> {}
        }
        node.forEach(StrictJson::check);
    }

    private static void checkCount(JsonNode container, int most, String what) {
        if (container.size() > most) {
            throw ScimError.tooLarge("A body has at most " + most + " " + what + ".");
        }
    }

    private static void checkLetters(String text) {
        if (!Texts.isWhole(text)) {
            throw ScimError.invalidSyntax("The body holds half a surrogate pair.");
        }
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
