package dev.vestibule.network;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads one element of `X-Forwarded-Client-Cert`: pairs of a key and a value, separated by `;`, a
/// value in quotes where it holds `;`, `,` or `=`. Belongs to one thread.
final class ForwardedCertificate {

    private static final int CHARS_MAX = 16 * 1024;

    private final String text;
    private final Map<String, String> pairs = new HashMap<>();
    private int at;

    private ForwardedCertificate(String text) {
        this.text = text;
    }

    /// The pairs, keys in lower case; empty for several elements, doubled keys, or what cannot be
    /// read.
    static Optional<Map<String, String>> parse(String text) {
        return text.length() <= CHARS_MAX ? new ForwardedCertificate(text).all() : Optional.empty();
    }

    private Optional<Map<String, String>> all() {
        while (at <= text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                return Optional.empty();
            }
            String key = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = equals + 1;
            Optional<String> value = isQuoted() ? quoted() : plain();
            boolean isFirst = value.isPresent() && pairs.put(key, value.get()) == null;
            if (!isFirst || (at < text.length() && text.charAt(at) != ';')) {
                return Optional.empty();
            }
            at++;
        }
        return Optional.of(Map.copyOf(pairs));
    }

    private boolean isQuoted() {
        return at < text.length() && text.charAt(at) == '"';
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(text.charAt(at));
                at++;
            }
        }
        boolean isClosed = at < text.length();
        at++;
        return isClosed ? Optional.of(value.toString()) : Optional.empty();
    }

    private Optional<String> plain() {
        int end = text.indexOf(';', at);
        String value = text.substring(at, end < 0 ? text.length() : end);
        at += value.length();
        return value.indexOf(',') < 0 && value.indexOf('"') < 0
                ? Optional.of(value)
                : Optional.empty();
    }
}
