package dev.vestibule.client;

import dev.vestibule.network.Cidr;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses a document may be fetched from. Whoever writes a client id chooses the host, and
/// the gateway stands inside the house.
///
/// Attack: a client id whose name leads to the router, to Home Assistant itself, or to where clouds
/// keep the credentials of their machines (server-side request forgery).
final class PublicAddresses {

    /// IANA's special-purpose registries (RFC 6890 and its successors): what is not for everybody,
    /// and what carries another address inside.
    private static final List<Cidr> SPECIAL =
            blocks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20");

    /// All that was given to the public internet in IPv6.
    private static final Cidr GLOBAL_IPV6 = blocks("2000::/3").getFirst();

    /// Link-local addresses, where clouds answer too, and those that clouds use besides. Nobody's
    /// document lives there, listed or not.
    private static final List<Cidr> METADATA =
            blocks("169.254.0.0/16", "100.100.100.200", "fd00:ec2::254", "fe80::/10");

    private PublicAddresses() {}

    private static List<Cidr> blocks(String... texts) {
        return List.of(texts).stream().map(text -> Cidr.parse(text).orElseThrow()).toList();
    }

    /// For documents that strangers name. The JDK hands out IPv4-mapped addresses as IPv4.
    static boolean isPublic(InetAddress address) {
        boolean isGlobal = !(address instanceof Inet6Address) || GLOBAL_IPV6.contains(address);
        return isGlobal && SPECIAL.stream().noneMatch(block -> block.contains(address));
    }

    /// For documents that the operator listed, who may keep them in the house.
    static boolean isUsable(InetAddress address) {
        return METADATA.stream().noneMatch(block -> block.contains(address))
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }
}
