package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.foreign.ForeignText;

import org.jspecify.annotations.Nullable;

/// What the texts by which resources are known must be. They are shown in tables and logs, so they
/// hold no control characters.
final class Texts {

    private Texts() {}

    static void checkRequired(String what, @Nullable JsonNode value) {
        if (value == null) {
            throw ScimError.invalidValue(what + " is required.");
        }
        checkOptional(what, value);
        if (value.textValue().isBlank()) {
            throw ScimError.invalidValue(what + " is blank.");
        }
    }

    static void checkOptional(String what, @Nullable JsonNode value) {
        if (value == null) {
            return;
        }
        if (!value.isTextual()) {
            throw ScimError.invalidValue(what + " must be a text.");
        }
        checkForm(what, value.textValue());
    }

    static void check(String what, String value) {
        checkForm(what, value);
        if (value.isBlank()) {
            throw ScimError.invalidValue(what + " is blank.");
        }
    }

    private static void checkForm(String what, String value) {
        if (value.length() > ScimLimits.NAME_LENGTH_MAX) {
            throw ScimError.invalidValue(
                    what + " is longer than " + ScimLimits.NAME_LENGTH_MAX + " characters.");
        }
        if (value.chars().anyMatch(ForeignText::isSteering)) {
            throw ScimError.invalidValue(what + " contains control characters.");
        }
    }

    /// Whether UTF-8 can spell it: JSON's escapes can name half a surrogate pair.
    static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(
                        letter ->
                                letter >= Character.MIN_SURROGATE
                                        && letter <= Character.MAX_SURROGATE);
    }
}
