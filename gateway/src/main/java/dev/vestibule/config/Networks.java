package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.util.List;

/// Reads lists of networks to which something is granted. None of them may be everybody.
final class Networks {

    private Networks() {}

    /// @param why what would follow from listing everybody, and what to do instead
    static List<Cidr> read(Section section, String key, String why) {
        List<Located<Cidr>> blocks = section.list(key, Formats::cidr);
        for (Located<Cidr> block : blocks) {
            if (block.value().prefixLength() == 0) {
                section.reading()
                        .findings()
                        .problem(
                                block.line(),
                                block.path(),
                                "'" + block.value() + "' is the whole internet. " + why);
            }
        }
        return blocks.stream().map(Located::value).toList();
    }
}
