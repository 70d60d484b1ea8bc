package dev.vestibule.testhouse.home;

import java.util.regex.Pattern;

/// Refuses addresses that look like an attack, before anything else is asked.
final class SecurityFilter {

    private static final Pattern ATTACK =
            Pattern.compile(
                    String.join(
                            "|",
                            "\\.\\./",
                            "<.*script.*>",
                            "proc/self/environ",
                            "union.*select.*\\(",
                            "union.*all.*select",
                            "concat.*\\("),
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\t\\r\\n]");

    private SecurityFilter() {}

    static boolean refuses(String target) {
        String decoded = target;
        // An address may be escaped several times over.
        for (int i = 0; i < 5 && decoded.indexOf('%') >= 0; i++) {
            decoded = Query.decode(decoded.replace("+", "%2B"));
        }
        return ATTACK.matcher(decoded).find() || CONTROL.matcher(decoded).find();
    }
}
