package dev.vestibule.network;

import java.util.List;

/// What the forwarding headers of a request say, unjudged.
///
/// @param isPresent true where the request carries any forwarding header at all
/// @param forwardedFor the lines of `X-Forwarded-For`, in the order they came
/// @param isForwarded true where the request carries `Forwarded` (RFC 7239)
public record ForwardingHeaders(boolean isPresent, List<String> forwardedFor, boolean isForwarded) {

    public static final ForwardingHeaders NONE = new ForwardingHeaders(false, List.of(), false);

    public ForwardingHeaders {
        forwardedFor = List.copyOf(forwardedFor);
    }
}
