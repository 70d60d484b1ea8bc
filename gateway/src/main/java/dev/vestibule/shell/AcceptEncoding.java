package dev.vestibule.shell;

import dev.vestibule.http.Headers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads `Accept-Encoding` (RFC 9110 section 12.5.3).
final class AcceptEncoding {

    private static final int LENGTH_MAX = 512;
    private static final int ELEMENTS_MAX = 32;
    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    /// Identity is acceptable unless excluded, and the last choice unless it has a weight.
    private static final double UNNAMED_IDENTITY = 0.0001;

    private AcceptEncoding() {}

    /// The encodings that the client takes, the best first. Never empty: who excludes everything,
    /// or sends what cannot be read, gets the plain bytes rather than 406.
    static List<ContentEncoding> best(Headers headers) {
        String value = String.join(",", headers.all("accept-encoding"));
        Map<String, Double> weights =
                value.length() > LENGTH_MAX ? Map.of() : weights(value.toLowerCase(Locale.ROOT));
        List<ContentEncoding> acceptable = new ArrayList<>();
        for (ContentEncoding encoding : ContentEncoding.values()) {
            if (weight(weights, encoding) > 0) {
                acceptable.add(encoding);
            }
        }
        acceptable.sort(
                Comparator.comparingDouble(
                        (ContentEncoding encoding) -> -weight(weights, encoding)));
        return acceptable.isEmpty() ? List.of(ContentEncoding.IDENTITY) : List.copyOf(acceptable);
    }

    private static double weight(Map<String, Double> weights, ContentEncoding encoding) {
        double unnamed = encoding == ContentEncoding.IDENTITY ? UNNAMED_IDENTITY : 0;
        return weights.getOrDefault(encoding.token(), weights.getOrDefault("*", unnamed));
    }

    private static Map<String, Double> weights(String value) {
        Map<String, Double> weights = new HashMap<>();
        String[] elements = value.split(",", ELEMENTS_MAX + 1);
        for (int i = 0; i < Math.min(elements.length, ELEMENTS_MAX); i++) {
            int semicolon = elements[i].indexOf(';');
            String coding = (semicolon < 0 ? elements[i] : elements[i].substring(0, semicolon));
            double weight = semicolon < 0 ? 1 : weightOf(elements[i].substring(semicolon + 1));
            // Named twice: the lower weight counts, so that an exclusion stands.
            weights.merge(coding.strip(), weight, Math::min);
        }
        return weights;
    }

    /// A parameter that is no weight excludes the coding: nobody knows what was meant.
    private static double weightOf(String parameter) {
        String text = parameter.strip();
        if (!text.startsWith("q=") || !WEIGHT.matcher(text.substring(2)).matches()) {
            return 0;
        }
        return Double.parseDouble(text.substring(2));
    }
}
