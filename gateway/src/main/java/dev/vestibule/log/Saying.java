package dev.vestibule.log;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a line says.
sealed interface Saying {

    /// Of our own rooms.
    record Fields(List<Field> fields) implements Saying {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /// Of libraries: a sentence, or several lines.
    record Sentence(String text) implements Saying {}

    /// Reads the pattern, which was written by us, and never what was put into it: so no value can
    /// be taken for a field, or for the end of one.
    ///
    /// @param arguments what stands for `{}`, in order
    /// @param whole the pattern with the arguments in it, which is what is said where the pattern
    ///   is not one of fields
    static Saying of(String pattern, @Nullable Object[] arguments, String whole) {
        List<Field> fields = new ArrayList<>();
        Values values = new Values(arguments);
        Matcher field = Values.FIELD.matcher(pattern);
        int at = 0;
        while (at < pattern.length()) {
            field.region(at, pattern.length());
            if (!field.lookingAt()) {
                return new Sentence(whole);
            }
            String quoted = field.group("quoted");
            String template = quoted == null ? field.group("bare") : quoted;
            if (!values.has(template)) {
                return new Sentence(whole);
            }
            fields.add(new Field(field.group("name"), values.fill(template), quoted != null));
            at = field.end();
        }
        return values.areUsedUp() && !fields.isEmpty() ? new Fields(fields) : new Sentence(whole);
    }

    /// The arguments, taken one after the other.
    final class Values {

        private static final Pattern FIELD =
                Pattern.compile(
                        "(?<name>[a-z][a-z0-9-]*)="
                                + "(?:\"(?<quoted>[^\"\\\\]*)\"|(?<bare>[^\\s\"=\\\\]+))(?: |$)");
        private static final String PLACE = "{}";

        private final @Nullable Object[] arguments;
        private int next;

        private Values(@Nullable Object[] arguments) {
            this.arguments = arguments;
        }

        private static int places(String template) {
            int count = 0;
            for (int at = template.indexOf(PLACE); at >= 0; at = template.indexOf(PLACE, at + 2)) {
                count++;
            }
            return count;
        }

        boolean has(String template) {
            return next + places(template) <= arguments.length;
        }

        Object fill(String template) {
            if (template.equals(PLACE)) {
                return value(arguments[next++]);
            }
            StringBuilder filled = new StringBuilder();
            int from = 0;
            for (int at = template.indexOf(PLACE); at >= 0; at = template.indexOf(PLACE, from)) {
                filled.append(template, from, at).append(arguments[next++]);
                from = at + PLACE.length();
            }
            return filled.append(template, from, template.length()).toString();
        }

        private static Object value(@Nullable Object argument) {
            return switch (argument) {
                case Integer number -> number;
                case Long number -> number;
                case Boolean truth -> truth;
                case JsonNode json when json.isContainerNode() -> json;
                case null, default -> String.valueOf(argument);
            };
        }

        boolean areUsedUp() {
            return next == arguments.length;
        }
    }
}
