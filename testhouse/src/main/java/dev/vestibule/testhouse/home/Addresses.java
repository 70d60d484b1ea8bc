package dev.vestibule.testhouse.home;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses, and which of them count as at home.
final class Addresses {

    private static final Pattern LITERAL =
            Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private Addresses() {}

    static Optional<InetAddress> parse(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /// Loopback, the private networks and link-local.
    static boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress()
                || (address instanceof Inet4Address && address.isSiteLocalAddress())
                || address.isLinkLocalAddress()
                || isUniqueLocal(address);
    }

    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && address.getAddress()[0] == (byte) 0xFD;
    }
}
