package dev.vestibule.http;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// The target of a request, decoded once and normalised once. What is matched is what is sent:
/// [#pathAndQuery()] is built from the segments that were matched.
///
/// @param segments decoded path segments; the last is empty where the path ends in a slash, and the
///   root is one empty segment
/// @param path the canonical path, percent-encoded anew from the segments
/// @param query the query as it came, without its question mark; empty where there is none
public record RequestTarget(List<String> segments, String path, String query) {

    private static final int LENGTH_MAX = 16 * 1024;

    public RequestTarget {
        segments = List.copyOf(segments);
    }

    /// Reads a request target in origin form (RFC 9112 section 3.2.1), the only form that we serve.
    ///
    /// @throws BadRequest for whatever another reader could take for something else: dot segments,
    ///   empty segments, escaped slashes, double escapes, backslashes, control characters, bytes
    ///   that are no UTF-8, a fragment
    public static RequestTarget parse(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            throw new BadRequest("The request target is not a path.");
        }
        if (target.length() > LENGTH_MAX) {
            throw new BadRequest("The request target is too long.");
        }
        if (!isAll(target, RequestTarget::mayAppear)) {
            throw new BadRequest("The request target holds a character that must be escaped.");
        }
        int question = target.indexOf('?');
        String rawPath = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        return ofPath(rawPath, query);
    }

    /// A loop and no stream: every request passes here several times.
    private static boolean isAll(String text, IntPredicate test) {
        for (int i = 0; i < text.length(); i++) {
            if (!test.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Printable ASCII without `#`: a fragment never travels (RFC 9112 section 3.2).
    private static boolean mayAppear(int c) {
        return c > ' ' && c < 127 && c != '#';
    }

    private static RequestTarget ofPath(String rawPath, String query) {
        String[] rawSegments = rawPath.substring(1).split("/", -1);
        List<String> segments = new ArrayList<>(rawSegments.length);
        StringBuilder path = new StringBuilder(rawPath.length());
        for (int i = 0; i < rawSegments.length; i++) {
            boolean isLast = i == rawSegments.length - 1;
            String segment = segment(rawSegments[i], isLast);
            segments.add(segment);
            path.append('/').append(PercentCoding.encodeSegment(segment));
        }
        return new RequestTarget(segments, path.toString(), query);
    }

    private static String segment(String raw, boolean isLast) {
        if (raw.isEmpty() && !isLast) {
            throw new BadRequest("The path holds an empty segment.");
        }
        String segment = PercentCoding.decode(raw);
        if (isDots(segment) || !isAll(segment, RequestTarget::mayStandInSegment)) {
            throw new BadRequest("The path can be read in more than one way.");
        }
        if (holdsEscape(segment) || foldsIntoPathSyntax(segment)) {
            throw new BadRequest("The path can be read in more than one way.");
        }
        return segment;
    }

    private static boolean isDots(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    private static boolean mayStandInSegment(int c) {
        return c != '/' && c != '\\' && !Character.isISOControl(c);
    }

    /// Escaped twice: the next reader that decodes would see another path.
    private static boolean holdsEscape(String segment) {
        for (int i = segment.indexOf('%'); i >= 0; i = segment.indexOf('%', i + 1)) {
            if (i + 2 < segment.length()
                    && PercentCoding.hexDigit(segment.charAt(i + 1)) >= 0
                    && PercentCoding.hexDigit(segment.charAt(i + 2)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// A reader that folds compatibility characters, such as the full-width slash, would see a
    /// separator or a dot segment where we see a letter.
    private static boolean foldsIntoPathSyntax(String segment) {
        if (isAll(segment, c -> c < 128)) {
            return false;
        }
        String folded = Normalizer.normalize(segment, Normalizer.Form.NFKC);
        return isDots(folded)
                || folded.chars().anyMatch(c -> c == '/' || c == '\\')
                || (folded.indexOf('%') >= 0 && segment.indexOf('%') < 0);
    }

    /// What goes upstream.
    public String pathAndQuery() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /// @throws BadRequest where the query cannot be decoded
    public Parameters queryParameters() {
        return Parameters.parse(query);
    }

    /// True where the path is `prefix` itself or lies below it, segment by segment.
    public boolean isUnder(List<String> prefix) {
        return segments.size() >= prefix.size()
                && segments.subList(0, prefix.size()).equals(prefix);
    }
}
