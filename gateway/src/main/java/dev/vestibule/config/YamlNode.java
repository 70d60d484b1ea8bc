package dev.vestibule.config;

import java.util.List;

/// A piece of the configuration file that knows the line it stands on.
sealed interface YamlNode {

    int line();

    /// Keys and their values, in the order of the file. Every key occurs once.
    record Mapping(int line, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /// One key of a mapping.
    record Entry(int line, String key, YamlNode value) {}

    /// A list.
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A text, a number or a truth value, exactly as it was written: what it is, its reader
    /// decides, so `off` stays the word and `0123` keeps its zero.
    record Scalar(int line, String text) implements YamlNode {}

    /// A key with nothing behind it.
    record Empty(int line) implements YamlNode {}
}
