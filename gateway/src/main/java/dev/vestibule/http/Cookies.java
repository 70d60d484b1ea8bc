package dev.vestibule.http;

import java.util.List;
import java.util.Optional;

/// Reads the cookies of a request (RFC 6265 section 5.4).
public final class Cookies {

    private Cookies() {}

    /// The value of a cookie, empty where it is absent **or sent twice**: a sibling host may have
    /// planted the second, and nobody can tell which is ours.
    public static Optional<String> find(Headers headers, String name) {
        List<String> lines = headers.all("cookie");
        return lines.size() == 1 ? find(lines.getFirst(), name) : Optional.empty();
    }

    /// As above, in the value of the one `Cookie` header.
    public static Optional<String> find(String line, String name) {
        int found = -1;
        int start = 0;
        while (start <= line.length()) {
            int end = line.indexOf(';', start);
            end = end < 0 ? line.length() : end;
            int at = afterBlanks(line, start, end);
            if (line.startsWith(name, at) && isAt(line, at + name.length(), '=')) {
                if (found >= 0) {
                    return Optional.empty();
                }
                found = at + name.length() + 1;
            }
            start = end + 1;
        }
        return found < 0 ? Optional.empty() : Optional.of(valueAt(line, found));
    }

    private static int afterBlanks(String line, int from, int end) {
        int at = from;
        while (at < end && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isAt(String line, int index, char c) {
        return index < line.length() && line.charAt(index) == c;
    }

    private static String valueAt(String line, int from) {
        int end = line.indexOf(';', from);
        return line.substring(from, end < 0 ? line.length() : end).strip();
    }
}
