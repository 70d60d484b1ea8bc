package dev.vestibule.http;

import java.util.List;

/// What a page says, before it is known in which language. Immutable. Escaped by the page, not
/// here.
public sealed interface Text {

    /// A sentence of ours.
    ///
    /// @param key of the bundle; an unknown one is a bug, which a test finds
    /// @param values for the places `{0}`, `{1}`; a [Text] among them is translated too
    record Message(String key, List<Object> values) implements Text {
        public Message {
            values = List.copyOf(values);
        }
    }

    /// The same in every language: a name, an address, what a stranger chose.
    record Verbatim(String value) implements Text {}

    static Text nothing() {
        return new Verbatim("");
    }

    static Text verbatim(String value) {
        return new Verbatim(value);
    }

    default String in(Language language) {
        return switch (this) {
            case Message message -> Messages.format(message, language);
            case Verbatim(var value) -> value;
        };
    }
}
