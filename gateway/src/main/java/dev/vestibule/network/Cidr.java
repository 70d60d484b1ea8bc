package dev.vestibule.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// A block of addresses such as `192.168.0.0/16` or `fd00::/8`. A bare address is the block of
/// itself. An IPv4-mapped IPv6 address is its IPv4 address.
public record Cidr(InetAddress network, int prefixLength) {

    public Cidr {
        if (prefixLength < 0 || prefixLength > network.getAddress().length * 8) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " out of range");
        }
    }

    /// Reads a block. Host names are never resolved: what is not a literal address is empty.
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return IpLiteral.parse(address)
                .flatMap(
                        network ->
                                prefixLength(text, slash, network)
                                        .filter(bits -> hostBitsAreZero(network, bits))
                                        .map(bits -> new Cidr(network, bits)));
    }

    private static Optional<Integer> prefixLength(String text, int slash, InetAddress network) {
        int longest = network.getAddress().length * 8;
        if (slash < 0) {
            return Optional.of(longest);
        }
        String digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(Cidr::isDigit)) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(digits);
        return bits <= longest ? Optional.of(bits) : Optional.empty();
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean hostBitsAreZero(InetAddress network, int prefixLength) {
        byte[] bytes = network.getAddress();
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// Whether any address is in both blocks.
    public boolean overlaps(Cidr other) {
        return contains(other.network) || other.contains(network);
    }

    /// The block of the given length around an address, for limits that count a whole subnet.
    public static Cidr around(InetAddress address, int prefixLength) {
        byte[] bytes = address.getAddress();
        int bits = Math.min(prefixLength, bytes.length * 8);
        for (int bit = bits; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), bits);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of its own length", impossible);
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
