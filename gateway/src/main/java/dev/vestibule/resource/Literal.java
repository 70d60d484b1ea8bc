package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/// A value in a filter.
///
/// @param value as JSON reads it
/// @param text the same as a text, because clients also leave out quotes: `userName eq 12` means
///   the person called "12"
/// @param folded the text as it is compared where case does not count
record Literal(JsonNode value, String text, String folded) {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?");

    private Literal(JsonNode value, String text) {
        this(value, text, CaseFold.of(text));
    }

    static Literal quoted(String text) {
        return new Literal(TextNode.valueOf(text), text);
    }

    static Literal unquoted(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> new Literal(BooleanNode.TRUE, word);
            case "false" -> new Literal(BooleanNode.FALSE, word);
            case "null" -> new Literal(NullNode.instance, word);
            default ->
                    NUMBER.matcher(word).matches()
                            ? new Literal(DecimalNode.valueOf(new BigDecimal(word)), word)
                            : quoted(word);
        };
    }

    boolean isNull() {
        return value.isNull();
    }

    /// Whether there is more and less of it.
    boolean isOrdered() {
        return value.isTextual() || value.isNumber();
    }
}
