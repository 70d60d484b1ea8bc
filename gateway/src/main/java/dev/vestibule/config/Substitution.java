package dev.vestibule.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts values of the environment into texts: `${NAME}`, or `${NAME:-text}` where the variable may
/// be missing. `$${` is a plain `${`. Works on values that were already read, so a variable can
/// never add a key, and what it brings is not looked at again.
final class Substitution {

    private static final Pattern MARK = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}|\\$\\{");
    private static final Pattern REFERENCE =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?", Pattern.DOTALL);

    private Substitution() {}

    static Parsed<String> apply(String text, Map<String, String> environment) {
        StringBuilder result = new StringBuilder();
        Matcher mark = MARK.matcher(text);
        int copied = 0;
        while (mark.find()) {
            result.append(text, copied, mark.start());
            copied = mark.end();
            if (mark.group().equals("$${")) {
                result.append("${");
                continue;
            }
            Parsed<String> value =
                    mark.group(1) == null ? unreadable() : value(mark.group(1), environment);
            if (!(value instanceof Parsed.Good<String>(var good))) {
                return value;
            }
            result.append(good);
        }
        return new Parsed.Good<>(result.append(text, copied, text.length()).toString());
    }

    private static Parsed<String> value(String reference, Map<String, String> environment) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            return unreadable();
        }
        String name = parts.group(1);
        String given = environment.getOrDefault(name, "");
        if (!given.isEmpty()) {
            return new Parsed.Good<>(given);
        }
        return parts.group(3) == null
                ? new Parsed.Bad<>(
                        "The environment variable "
                                + name
                                + " is not set. Set it, or write ${"
                                + name
                                + ":-value} for a value to fall back on.")
                : new Parsed.Good<>(parts.group(3));
    }

    private static Parsed<String> unreadable() {
        return new Parsed.Bad<>(
                "A '${' here is no variable. Write ${NAME} or ${NAME:-value}; for a plain '${'"
                        + " write '$${'.");
    }
}
