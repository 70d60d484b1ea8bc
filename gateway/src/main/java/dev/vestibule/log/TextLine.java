package dev.vestibule.log;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.foreign.ForeignText;

import java.util.List;

/// A line for people, and for the programs that ban by it: the moment, the level, who says it, and
/// fields as `name=value`.
///
/// Attack: a name with a line break, a quote or a mark that turns the direction of writing, so that
/// a reader, or a program, sees another line or another field. So whatever could end a value puts
/// it in quotes, in which it is escaped as in JSON, and only what belongs to the line above stands
/// behind a line break, indented: no line begins with what a stranger wrote.
final class TextLine {

    private static final String REQUEST = "request";
    private static final String INDENTED = "\n    ";

    private TextLine() {}

    static String write(Line line) {
        StringBuilder text = new StringBuilder();
        text.append(line.moment()).append(' ').append(line.level());
        text.repeat(" ", Math.max(0, 5 - line.level().length()));
        text.append(' ').append(line.logger());
        switch (line.saying()) {
            case Saying.Fields(var fields) -> fields(text, fields, line.request());
            case Saying.Sentence(var sentence) -> {
                text.append(' ');
                lines(text, sentence);
                request(text, line.request());
            }
        }
        if (!line.trace().isEmpty()) {
            text.append(INDENTED);
            lines(text, line.trace().stripTrailing());
        }
        return text.append('\n').toString();
    }

    private static void fields(StringBuilder text, List<Field> fields, String request) {
        for (Field field : fields) {
            text.append(' ').append(field.name()).append('=');
            if (field.value() instanceof JsonNode json) {
                // It ends where its first bracket is closed.
                escape(text, json.toString(), false);
            } else {
                value(text, String.valueOf(field.value()), field.isQuoted());
            }
        }
        if (fields.stream().noneMatch(field -> field.name().equals(REQUEST))) {
            request(text, request);
        }
    }

    private static void request(StringBuilder text, String request) {
        if (!request.isEmpty()) {
            text.append(' ').append(REQUEST).append('=');
            value(text, request, false);
        }
    }

    private static void value(StringBuilder text, String value, boolean isQuoted) {
        if (isQuoted || !isPlain(value)) {
            text.append('"');
            escape(text, value, true);
            text.append('"');
        } else {
            text.append(value);
        }
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty()
                && value.charAt(0) != '{'
                && value.charAt(0) != '['
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '=')
                && value.indexOf('\\') < 0;
    }

    /// Line breaks stay, each followed by spaces.
    private static void lines(StringBuilder text, String whole) {
        String[] lines = whole.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            text.append(i == 0 ? "" : INDENTED);
            escape(text, lines[i].replace('\t', ' '), false);
        }
    }

    /// @param isText false for JSON, which has its quotes where they belong
    private static void escape(StringBuilder text, String value, boolean isText) {
        value.codePoints()
                .forEach(
                        point -> {
                            if (isText && (point == '"' || point == '\\')) {
                                text.append('\\').appendCodePoint(point);
                            } else if (ForeignText.isPlain(point)) {
                                text.appendCodePoint(point);
                            } else {
                                for (char unit : Character.toChars(point)) {
                                    text.append("\\u%04x".formatted((int) unit));
                                }
                            }
                        });
    }
}
