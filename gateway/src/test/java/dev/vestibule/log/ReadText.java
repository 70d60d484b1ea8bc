package dev.vestibule.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a line of text as a program would that somebody wrote by `docs/operations.md`, and not by
/// the code: the moment, the level and the class, then fields.
final class ReadText {

    private static final Pattern HEAD =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)"
                            + " (?<level>[A-Z]{4,5}) +(?<logger>\\w+)");
    private static final Pattern FIELD =
            Pattern.compile(
                    "\\G (?<name>[a-z][a-z0-9-]*)="
                            + "(?:\"(?<quoted>(?:[^\"\\\\]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*)\""
                            + "|(?<bare>[^ \"=\\\\{\\[][^ \"=\\\\]*))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|([\"\\\\]))");

    private ReadText() {}

    /// @param line without the break at its end
    static Map<String, String> fields(String line) {
        Matcher head = HEAD.matcher(line);
        if (!head.lookingAt()) {
            throw new AssertionError("no head: " + line);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(line).region(head.end(), line.length());
        int at = head.end();
        while (field.find()) {
            String quoted = field.group("quoted");
            fields.put(field.group("name"), quoted == null ? field.group("bare") : plain(quoted));
            at = field.end();
        }
        if (at != line.length()) {
            throw new AssertionError("no field at " + at + ": " + line);
        }
        return fields;
    }

    private static String plain(String quoted) {
        return ESCAPE.matcher(quoted)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        found.group(1) == null
                                                ? found.group(2)
                                                : String.valueOf(
                                                        (char)
                                                                Integer.parseInt(
                                                                        found.group(1), 16))));
    }
}
