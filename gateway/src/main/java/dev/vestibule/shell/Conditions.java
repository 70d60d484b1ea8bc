package dev.vestibule.shell;

import dev.vestibule.http.Headers;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a client's own copy is the one that we would send (RFC 9110 section 13.2.2).
final class Conditions {

    private static final int LENGTH_MAX = 4 * 1024;
    private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]*+\"");

    private Conditions() {}

    static boolean isNotModified(Headers request, String entityTag, Optional<String> lastModified) {
        List<String> tags = request.all("if-none-match");
        // Step 3: If-None-Match; with it, If-Modified-Since is not looked at.
        if (!tags.isEmpty()) {
            return matches(String.join(",", tags), entityTag);
        }
        // Step 4: If-Modified-Since.
        List<String> since = request.all("if-modified-since");
        return since.size() == 1
                && lastModified.flatMap(Conditions::date).isPresent()
                && isNotAfter(lastModified.get(), since.getFirst());
    }

    /// The weak comparison (RFC 9110 section 8.8.3.2): the opaque parts are equal.
    private static boolean matches(String header, String entityTag) {
        if (header.strip().equals("*")) {
            return true;
        }
        if (header.length() > LENGTH_MAX) {
            return false;
        }
        String opaque = entityTag.startsWith("W/") ? entityTag.substring(2) : entityTag;
        Matcher tag = TAG.matcher(header);
        while (tag.find()) {
            if (tag.group().equals(opaque)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNotAfter(String lastModified, String since) {
        if (lastModified.equals(since)) {
            return true;
        }
        Optional<Instant> ours = date(lastModified);
        Optional<Instant> theirs = date(since);
        return ours.isPresent() && theirs.isPresent() && !ours.get().isAfter(theirs.get());
    }

    /// The one form of dates that is still written (RFC 9110 section 5.6.7).
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
