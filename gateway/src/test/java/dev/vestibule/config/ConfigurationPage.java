package dev.vestibule.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes `docs/configuration.md` from the comments of the records.
final class ConfigurationPage {

    private static final Pattern MARKS =
            Pattern.compile(
                    "(?<meaning>.*?)(?: Key: `(?<key>[^`]*)`\\.?)?(?<required> Required\\.?)?"
                            + "(?: Default: (?<default>.*?)\\.?)?(?: Example: (?<example>.*))?");
    private static final Pattern LIST = Pattern.compile("List<(\\w+)>");

    private final Map<String, RecordSource> types;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, List<String>> keys = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    private ConfigurationPage(Map<String, RecordSource> types) {
        this.types = types;
    }

    /// @param markdown the page
    /// @param keys for every section, by its path, the keys that it may have
    /// @param defaults for every key that has one, by its path, what the page says about it
    record Made(String markdown, Map<String, List<String>> keys, Map<String, String> defaults) {}

    /// What the comment of a component says.
    ///
    /// @param fallback empty where the key is required
    record Entry(String key, String meaning, boolean isRequired, String fallback, String example) {}

    /// @param sources the directory of the records
    static Made make(Path sources, String introduction) {
        ConfigurationPage page = new ConfigurationPage(read(sources));
        page.text.append(introduction);
        page.section("GatewayConfig", "");
        return new Made(page.text.toString(), page.keys, page.defaults);
    }

    private static Map<String, RecordSource> read(Path sources) {
        Map<String, RecordSource> types = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.sorted().toList()) {
                types.putAll(RecordSource.readAll(Files.readString(file)));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return types;
    }

    private RecordSource type(String name) {
        return Optional.ofNullable(types.get(name))
                .orElseThrow(() -> new IllegalStateException(name + " is not documented"));
    }

    private void section(String typeName, String path) {
        RecordSource type = type(typeName);
        text.append("\n## ").append(path.isEmpty() ? "The file" : "`" + path + "`");
        text.append("\n\n").append(type.about()).append("\n\n");
        List<String> known = new ArrayList<>();
        keys.put(path, known);
        table(type.parts(), path, known);
        for (RecordSource.Part part : type.parts()) {
            String inner = innermost(part.type());
            if (inner.equals("ClientAuthentication")) {
                authentication(path, known);
            } else if (isSection(inner)) {
                section(inner, path(path, entry(part).key(), part.type()));
            }
        }
    }

    private void table(List<RecordSource.Part> parts, String path, List<String> known) {
        text.append("| key | what it is | default | example |\n| --- | --- | --- | --- |\n");
        for (RecordSource.Part part : parts) {
            if (!part.type().equals("ClientAuthentication")) {
                row(part, path, known);
            }
        }
    }

    private void row(RecordSource.Part part, String path, List<String> known) {
        Entry entry = entry(part);
        known.add(entry.key());
        if (!entry.fallback().isEmpty()) {
            defaults.put(path(path, entry.key(), ""), entry.fallback());
        }
        String shown = "`" + entry.key() + "`";
        if (innermost(part.type()).equals("Secret")) {
            known.add(entry.key() + "-file");
            shown += " or `" + entry.key() + "-file`";
        }
        text.append("| ")
                .append(shown)
                .append(" | ")
                .append(cell(entry.meaning() + choices(part.type()) + reference(part, path)))
                .append(" | ")
                .append(entry.isRequired() ? "required" : cell(entry.fallback()))
                .append(" | ")
                .append(cell(entry.example()))
                .append(" |\n");
    }

    private String reference(RecordSource.Part part, String path) {
        return isSection(innermost(part.type()))
                ? "; see `" + path(path, entry(part).key(), part.type()) + "`"
                : "";
    }

    /// The constants of an enum, with what each means.
    private String choices(String type) {
        RecordSource source = types.get(type);
        if (source == null || isSection(type)) {
            return "";
        }
        StringBuilder choices = new StringBuilder();
        for (RecordSource.Part constant : source.parts()) {
            if (!constant.about().isEmpty()) {
                choices.append("<br>`")
                        .append(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .append("`: ")
                        .append(constant.about());
            }
        }
        return choices.toString();
    }

    /// Three kinds that exclude each other stand beside the provider's own keys.
    private void authentication(String path, List<String> known) {
        text.append("\n### The client of `").append(path).append("`\n\n");
        text.append(type("ClientAuthentication").about()).append('\n');
        for (String kind : List.of("SecretBasic", "SecretPost")) {
            RecordSource type = type(kind);
            text.append("\n").append(type.about()).append("\n\n");
            table(type.parts(), path, new ArrayList<>());
        }
        known.addAll(
                List.of(
                        "client-secret",
                        "client-secret-file",
                        "client-secret-method",
                        "private-key-jwt"));
        section("PrivateKeyJwt", path + ".private-key-jwt");
    }

    private boolean isSection(String type) {
        return type.endsWith("Config") || type.equals("ClaimPaths");
    }

    private static String innermost(String type) {
        Matcher list = LIST.matcher(type);
        return list.matches() ? list.group(1) : type;
    }

    private static String path(String parent, String key, String type) {
        String name = LIST.matcher(type).matches() ? key + "[]" : key;
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static Entry entry(RecordSource.Part part) {
        Matcher marks = MARKS.matcher(part.about());
        if (!marks.matches()) {
            throw new IllegalStateException(part.name() + " cannot be read: " + part.about());
        }
        return new Entry(
                group(marks, "key").orElseGet(() -> dashed(part.name())),
                marks.group("meaning").replaceAll("\\.$", ""),
                group(marks, "required").isPresent(),
                group(marks, "default").orElse(""),
                group(marks, "example").orElse(""));
    }

    private static Optional<String> group(Matcher marks, String name) {
        return Optional.ofNullable(marks.group(name));
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
