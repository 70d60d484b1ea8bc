package dev.vestibule.testhouse.home;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// One range of a file (RFC 9110 section 14.1.2).
///
/// @param last inclusive
record ByteRange(int first, int last) {

    private static final Pattern FORM = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");

    /// Empty where the header cannot be followed; it is then ignored.
    static Optional<ByteRange> parse(String header, int length) {
        var matcher = FORM.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2).isEmpty() ? length - 1 : Integer.parseInt(matcher.group(2));
        return first < length && first <= last
                ? Optional.of(new ByteRange(first, Math.min(last, length - 1)))
                : Optional.empty();
    }

    byte[] cut(byte[] bytes) {
        return Arrays.copyOfRange(bytes, first, last + 1);
    }

    String header(int length) {
        return "bytes %d-%d/%d".formatted(first, last, length);
    }
}
