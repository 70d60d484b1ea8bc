package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.net.Inet4Address;
import java.util.List;
import java.util.stream.Stream;

/// Reads lists of networks to which something is granted. None of them may be everybody, nor two
/// halves of everybody.
final class Networks {

    /// As much as `10.0.0.0/8`, the widest private one (RFC 1918 section 3).
    private static final int IPV4_PREFIX_MIN = 8;

    /// Wider than what any provider is given.
    private static final int IPV6_PREFIX_MIN = 16;

    /// Nobody comes from these out of the internet: RFC 4193 section 3.1 and RFC 4291 section
    /// 2.5.6.
    private static final List<Cidr> IPV6_LOCAL =
            Stream.of("fc00::/7", "fe80::/10")
                    .flatMap(block -> Cidr.parse(block).stream())
                    .toList();

    private Networks() {}

    /// @param why what would follow from listing everybody, and what to do instead
    static List<Cidr> read(Section section, String key, String why) {
        List<Located<Cidr>> blocks = section.list(key, Formats::cidr);
        for (Located<Cidr> block : blocks) {
            if (isTooWide(block.value())) {
                section.reading()
                        .findings()
                        .problem(
                                block.line(),
                                block.path(),
                                "'"
                                        + block.value()
                                        + "' is the whole internet, or so large a part of it that"
                                        + " it is nobody's own. "
                                        + why);
            }
        }
        return blocks.stream().map(Located::value).toList();
    }

    private static boolean isTooWide(Cidr block) {
        if (block.network() instanceof Inet4Address) {
            return block.prefixLength() < IPV4_PREFIX_MIN;
        }
        return block.prefixLength() < IPV6_PREFIX_MIN
                && IPV6_LOCAL.stream().noneMatch(local -> isWithin(block, local));
    }

    private static boolean isWithin(Cidr block, Cidr local) {
        return block.prefixLength() >= local.prefixLength() && local.contains(block.network());
    }
}
