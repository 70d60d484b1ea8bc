package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One mapping of the file while it is read. It remembers which keys were asked for, so that
/// [#close()] can tell which ones nobody knows. Belongs to one thread.
final class Section implements AutoCloseable {

    private final Reading reading;
    private final String path;
    private final int line;
    private final Map<String, YamlNode.Entry> entries;
    private final Set<String> asked = new LinkedHashSet<>();

    Section(Reading reading, String path, YamlNode.Mapping mapping) {
        this.reading = reading;
        this.path = path;
        this.line = mapping.line();
        this.entries =
                mapping.entries().stream()
                        .collect(
                                Collectors.toMap(
                                        YamlNode.Entry::key,
                                        Function.identity(),
                                        (first, _) -> first,
                                        LinkedHashMap::new));
    }

    int line() {
        return line;
    }

    String path() {
        return path;
    }

    Reading reading() {
        return reading;
    }

    /// The line of a key, or where the section begins if the key is absent.
    int lineOf(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? line : entry.line();
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        asked.add(key);
        return entries.containsKey(key);
    }

    void problem(String key, String sentence) {
        reading.findings().problem(lineOf(key), pathOf(key), sentence);
    }

    void warning(String key, String sentence) {
        reading.findings().warning(lineOf(key), pathOf(key), sentence);
    }

    /// One value; empty where it is absent or wrong, and what is wrong is among the findings.
    <T> Optional<T> find(String key, Format<T> format) {
        asked.add(key);
        return switch (entries.get(key)) {
            case null -> Optional.empty();
            case YamlNode.Entry(int _, String _, YamlNode value) ->
                    read(value, lineOf(key), pathOf(key), format).map(Located::value);
        };
    }

    <T> T get(String key, Format<T> format, T fallback) {
        return find(key, format).orElse(fallback);
    }

    /// One value that must be there.
    ///
    /// @param advice what to write, as a sentence
    <T> Optional<T> require(String key, Format<T> format, String advice) {
        if (!has(key)) {
            problem(key, "'" + key + "' is missing. " + advice);
        }
        return find(key, format);
    }

    /// The values of a list; one value without a list is a list of one.
    <T> List<Located<T>> list(String key, Format<T> format) {
        asked.add(key);
        YamlNode.Entry entry = entries.get(key);
        if (entry == null || entry.value() instanceof YamlNode.Empty) {
            return List.of();
        }
        if (!(entry.value() instanceof YamlNode.Sequence(int _, List<YamlNode> items))) {
            return read(entry.value(), entry.line(), pathOf(key), format).stream().toList();
        }
        List<Located<T>> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            read(item, item.line(), pathOf(key) + "[" + i + "]", format).ifPresent(values::add);
        }
        return values;
    }

    private <T> Optional<Located<T>> read(
            YamlNode node, int valueLine, String valuePath, Format<T> format) {
        Parsed<T> parsed =
                switch (node) {
                    case YamlNode.Scalar(int _, String text) -> resolve(text, format);
                    case YamlNode.Empty _ ->
                            new Parsed.Bad<>("There is no value. Write one, or remove the line.");
                    case YamlNode.Mapping _ ->
                            new Parsed.Bad<>("This holds keys, but one value is expected.");
                    case YamlNode.Sequence _ ->
                            new Parsed.Bad<>("This is a list, but one value is expected.");
                };
        return switch (parsed) {
            case Parsed.Good<T>(var value) ->
                    Optional.of(new Located<>(value, valueLine, valuePath));
            case Parsed.Bad<T>(var sentence) -> {
                reading.findings().problem(valueLine, valuePath, sentence);
                yield Optional.empty();
            }
        };
    }

    private <T> Parsed<T> resolve(String text, Format<T> format) {
        return switch (Substitution.apply(text, reading.environment())) {
            case Parsed.Good<String>(var resolved) -> format.parse(resolved);
            case Parsed.Bad<String>(var sentence) -> new Parsed.Bad<>(sentence);
        };
    }

    /// The text of a value as the file has it, before variables are put in.
    boolean isWrittenOut(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry != null
                && entry.value() instanceof YamlNode.Scalar(int _, String text)
                && !text.contains("${");
    }

    /// A section inside this one; an absent one has no keys, so that every default holds.
    Section child(String key) {
        asked.add(key);
        YamlNode.Entry entry = entries.get(key);
        int childLine = lineOf(key);
        YamlNode value = entry == null ? new YamlNode.Empty(line) : entry.value();
        return sectionOf(value, childLine, pathOf(key));
    }

    /// The sections of a list.
    List<Section> children(String key) {
        asked.add(key);
        YamlNode.Entry entry = entries.get(key);
        if (entry == null || entry.value() instanceof YamlNode.Empty) {
            return List.of();
        }
        if (!(entry.value() instanceof YamlNode.Sequence(int _, List<YamlNode> items))) {
            problem(key, "This is not a list. Begin each entry on its own line with '- '.");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            sections.add(sectionOf(item, item.line(), pathOf(key) + "[" + i + "]"));
        }
        return sections;
    }

    private Section sectionOf(YamlNode value, int childLine, String childPath) {
        YamlNode.Mapping keys =
                switch (value) {
                    case YamlNode.Mapping mapping -> mapping;
                    case YamlNode.Empty _ -> new YamlNode.Mapping(childLine, List.of());
                    case YamlNode.Scalar _, YamlNode.Sequence _ -> {
                        reading.findings()
                                .problem(
                                        childLine,
                                        childPath,
                                        "Keys are expected here, each on a line of its own, deeper"
                                                + " than this one.");
                        yield new YamlNode.Mapping(childLine, List.of());
                    }
                };
        return new Section(reading, childPath, new YamlNode.Mapping(childLine, keys.entries()));
    }

    /// Refuses every key that nobody asked for.
    @Override
    public void close() {
        for (String key : entries.keySet()) {
            if (!asked.contains(key)) {
                problem(key, unknown(key));
            }
        }
    }

    private String unknown(String key) {
        return Replacements.of(key)
                .orElseGet(
                        () ->
                                "The key '"
                                        + ForeignText.excerpt(key)
                                        + "' is unknown here. "
                                        + Formats.suggestion(key, List.copyOf(asked)));
    }
}
