package dev.vestibule.testhouse.home;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Bodies of forms in both kinds: URL-encoded, and multipart as browsers send it for `FormData`.
final class Forms {

    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("[; ]name=\"?([^\";]*)\"?", Pattern.CASE_INSENSITIVE);

    private Forms() {}

    /// The fields in their order; any other content type has none.
    static List<Map.Entry<String, String>> read(String contentType, byte[] body) {
        String type = contentType.toLowerCase(Locale.ROOT);
        String text = new String(body, StandardCharsets.UTF_8);
        if (type.startsWith("application/x-www-form-urlencoded") || type.isEmpty()) {
            return Query.pairs(text);
        }
        return type.startsWith("multipart/form-data")
                ? boundary(contentType).map(one -> parts(text, one)).orElse(List.of())
                : List.of();
    }

    private static Optional<String> boundary(String contentType) {
        var matcher = BOUNDARY.matcher(contentType);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    // RFC 7578: parts between lines of two dashes and the boundary.
    private static List<Map.Entry<String, String>> parts(String text, String boundary) {
        var fields = new ArrayList<Map.Entry<String, String>>();
        String[] parts = ("\r\n" + text).split(Pattern.quote("\r\n--" + boundary), -1);
        for (String part : parts) {
            int headEnd = part.indexOf("\r\n\r\n");
            var name = NAME.matcher(headEnd < 0 ? "" : part.substring(0, headEnd));
            if (name.find()) {
                fields.add(Map.entry(name.group(1), part.substring(headEnd + 4)));
            }
        }
        return List.copyOf(fields);
    }
}
