package dev.vestibule.network;

import java.util.List;
import java.util.Locale;

/// What the forwarding headers of a request say, unjudged.
///
/// @param isPresent true where the request carries any forwarding header at all
/// @param forwardedFor the lines of `X-Forwarded-For`, in the order they came
/// @param isForwarded true where the request carries `Forwarded` (RFC 7239)
public record ForwardingHeaders(boolean isPresent, List<String> forwardedFor, boolean isForwarded) {

    /// What proxies say of whoever came to them, in lower case; one that ends in a dash stands for
    /// every name that begins so.
    public static final List<String> NAMES =
            List.of(
                    "cf-",
                    "client-ip",
                    "fastly-client-ip",
                    "fly-client-ip",
                    "forwarded",
                    "forwarded-",
                    "true-client-ip",
                    "via",
                    "x-appengine-user-ip",
                    "x-azure-",
                    "x-client-ip",
                    "x-cluster-client-ip",
                    "x-envoy-",
                    "x-forwarded",
                    "x-forwarded-",
                    "x-original-",
                    "x-proxyuser-ip",
                    "x-real-ip");

    public static final ForwardingHeaders NONE = new ForwardingHeaders(false, List.of(), false);

    public ForwardingHeaders {
        forwardedFor = List.copyOf(forwardedFor);
    }

    /// Whether a header is one of [#NAMES]. An underscore is read as a dash, as some servers do.
    public static boolean isName(String header) {
        String name = header.toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.stream()
                .anyMatch(
                        known -> known.endsWith("-") ? name.startsWith(known) : name.equals(known));
    }
}
