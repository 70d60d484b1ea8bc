package dev.vestibule.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

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
        String literal = text.replace("${", "$${");
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(literal)) + '"';
    }
}
