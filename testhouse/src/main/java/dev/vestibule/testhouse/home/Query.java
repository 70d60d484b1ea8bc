package dev.vestibule.testhouse.home;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path and its parameters, decoded, in their order.
record Query(String path, List<Map.Entry<String, String>> parameters) {

    Query {
        parameters = List.copyOf(parameters);
    }

    static Query ofTarget(String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new Query(decodePath(target), List.of())
                : new Query(
                        decodePath(target.substring(0, mark)), pairs(target.substring(mark + 1)));
    }

    /// Reads `a=1&b=2`.
    static List<Map.Entry<String, String>> pairs(String text) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int sign = pair.indexOf('=');
                pairs.add(
                        sign < 0
                                ? Map.entry(decode(pair), "")
                                : Map.entry(
                                        decode(pair.substring(0, sign)),
                                        decode(pair.substring(sign + 1))));
            }
        }
        return List.copyOf(pairs);
    }

    Optional<String> first(String name) {
        return first(parameters, name);
    }

    static Optional<String> first(List<Map.Entry<String, String>> pairs, String name) {
        return pairs.stream()
                .filter(one -> one.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// In a path, a plus sign is a plus sign.
    private static String decodePath(String path) {
        return decode(path.replace("+", "%2B"));
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException halfAnEscape) {
            return text;
        }
    }
}
