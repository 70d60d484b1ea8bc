package dev.vestibule.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes texts so that [ConfigReader] reads them back as they were.
public final class YamlScalar {

    /// What no reader of YAML takes for anything but this text, inside brackets too.
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/][A-Za-z0-9._/@+-]*(:[A-Za-z0-9._/@+-]+)*");

    private static final Set<String> WORDS_WITH_A_MEANING = Set.of("null", "Null", "NULL");

    private YamlScalar() {}

    /// The text, in quotes where it needs them. A `${` in it is not replaced when it is read.
    public static String of(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS_WITH_A_MEANING.contains(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.replace("${", "$${").codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    /// What a reader of YAML might not take as it is, is written by its number (YAML 1.2.2 section
    /// 5.7).
    private static void append(StringBuilder quoted, int c) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
        } else if ((c >= ' ' && c <= '~') || Character.isLetterOrDigit(c)) {
            quoted.appendCodePoint(c);
        } else {
            quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
        }
    }
}
