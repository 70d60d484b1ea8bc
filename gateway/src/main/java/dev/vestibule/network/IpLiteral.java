package dev.vestibule.network;

import java.net.InetAddress;
import java.util.Optional;

/// Reads address literals, and only those: no name is ever resolved, no octal or short form of IPv4
/// is accepted, a zone or a port makes the text unreadable.
public final class IpLiteral {

    private IpLiteral() {}

    public static Optional<InetAddress> parse(String text) {
        if (text.isEmpty() || text.length() > 45 || text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        return isDottedQuad(text) ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
    }

    private static Optional<InetAddress> parseV6(String text) {
        if (!text.chars().allMatch(IpLiteral::belongsToV6)) {
            return Optional.empty();
        }
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') >= 0 && !isDottedQuad(text.substring(lastColon + 1))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean belongsToV6(int c) {
        return c == ':' || c == '.' || (c < 128 && Character.digit(c, 16) >= 0);
    }

    /// Four decimal numbers without leading zeros: `010.0.0.1` is read as octal by some and as
    /// decimal by others, so it is nothing.
    private static boolean isDottedQuad(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty()
                    || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || (part.length() > 1 && part.charAt(0) == '0')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
