package dev.vestibule.config;

import dev.vestibule.network.Cidr;
import dev.vestibule.network.IpLiteral;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An address of this machine and a port: `127.0.0.1:8125`, or `[::1]:8125`.
///
/// @param port `0` takes any free one
public record ListenAddress(String address, int port) {

    private static final Pattern TEXT = Pattern.compile("(?:\\[([^]]+)]|([^:]+)):(\\d{1,5})");

    /// RFC 1918 section 3, RFC 6598 section 7, RFC 3927 section 2.1, RFC 4193 section 3.1, RFC 4291
    /// section 2.5.6.
    private static final List<Cidr> PRIVATE =
            Stream.of(
                            "10.0.0.0/8",
                            "172.16.0.0/12",
                            "192.168.0.0/16",
                            "100.64.0.0/10",
                            "169.254.0.0/16",
                            "fc00::/7",
                            "fe80::/10")
                    .flatMap(block -> Cidr.parse(block).stream())
                    .toList();

    private static final int PORT_MAX = 65_535;

    /// @throws IllegalArgumentException where it is no literal address
    public ListenAddress {
        if (IpLiteral.parse(address).isEmpty() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("no address to listen at: " + address + " " + port);
        }
    }

    /// Empty where the text is no such thing.
    public static Optional<ListenAddress> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean isV6 = parts.group(1) != null;
        String address = isV6 ? parts.group(1) : parts.group(2);
        int port = Integer.parseInt(parts.group(3));
        boolean isGood =
                port <= PORT_MAX
                        && IpLiteral.parse(address).isPresent()
                        && address.contains(":") == isV6;
        return isGood ? Optional.of(new ListenAddress(address, port)) : Optional.empty();
    }

    /// Whether only this machine itself can reach it.
    public boolean isLoopback() {
        return IpLiteral.parse(address).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /// Whether only this machine, or a network of one's own, can reach it. All addresses at once
    /// are none of one's own.
    public boolean isOfOnesOwn() {
        return isLoopback()
                || IpLiteral.parse(address)
                        .filter(at -> PRIVATE.stream().anyMatch(block -> block.contains(at)))
                        .isPresent();
    }

    @Override
    public String toString() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
