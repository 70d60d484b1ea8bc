package dev.vestibule.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import dev.vestibule.foreign.ForeignText;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads YAML into [YamlNode]s. What would let one text be read in two ways is a problem: a key
/// written twice, anchors and aliases, tags, a second document.
final class YamlTree {

    private static final int DEPTH_MAX = 16;

    private final YAMLParser parser;
    private final Findings findings;

    private YamlTree(YAMLParser parser, Findings findings) {
        this.parser = parser;
        this.findings = findings;
    }

    /// The file's outermost mapping; empty where there is none, with the problem among the
    /// findings.
    static Optional<YamlNode.Mapping> parse(String text, Findings findings) {
        try (YAMLParser parser = new YAMLFactory().createParser(new StringReader(text))) {
            return new YamlTree(parser, findings).document();
        } catch (JsonProcessingException unreadable) {
            findings.problem(
                    lineOf(unreadable),
                    "",
                    "This is not YAML ("
                            + firstLine(unreadable)
                            + "). Look at this line and the one above for indentation, a missing"
                            + " space after a colon, or a missing quote.");
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }

    private static int lineOf(JsonProcessingException unreadable) {
        return unreadable.getLocation() == null
                ? 1
                : Math.max(1, unreadable.getLocation().getLineNr());
    }

    private static String firstLine(JsonProcessingException unreadable) {
        return unreadable.getOriginalMessage().lines().findFirst().orElse("unreadable").strip();
    }

    private Optional<YamlNode.Mapping> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return Optional.of(new YamlNode.Mapping(1, List.of()));
        }
        YamlNode root = value(first, 0);
        if (parser.nextToken() != null) {
            findings.problem(
                    line(),
                    "",
                    "A second document begins here. One file holds one configuration: remove the"
                            + " line '---' and merge what follows.");
        }
        if (root instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        findings.problem(
                root.line(),
                "",
                "The file is a list or a text. Begin with a key, such as 'homes:'.");
        return Optional.empty();
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private YamlNode value(JsonToken token, int depth) throws IOException {
        int line = line();
        refuseAliases(line);
        if (token == JsonToken.START_OBJECT) {
            return tooDeep(line, depth) ? skipped(line) : mapping(line, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return tooDeep(line, depth) ? skipped(line) : sequence(line, depth);
        }
        return token == JsonToken.VALUE_NULL
                ? new YamlNode.Empty(line)
                : new YamlNode.Scalar(line, parser.getText());
    }

    private boolean tooDeep(int line, int depth) {
        if (depth < DEPTH_MAX) {
            return false;
        }
        findings.problem(line, "", "This is nested too deeply. No key lies deeper than 6 levels.");
        return true;
    }

    private YamlNode skipped(int line) throws IOException {
        parser.skipChildren();
        return new YamlNode.Empty(line);
    }

    private void refuseAliases(int line) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            findings.problem(
                    line, "", "Anchors (&) and aliases (*) are not read. Write the value out.");
        }
        if (parser.getTypeId() != null) {
            findings.problem(
                    line, "", "Tags (!) are not read. Remove the tag, or put the text in quotes.");
        }
    }

    private YamlNode.Mapping mapping(int line, int depth) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            YamlNode.Entry entry =
                    new YamlNode.Entry(keyLine, key, value(parser.nextToken(), depth + 1));
            YamlNode.Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                findings.problem(
                        keyLine,
                        key,
                        "The key '"
                                + ForeignText.excerpt(key)
                                + "' was already given on line "
                                + first.line()
                                + ". Keep one of them.");
            }
        }
        return new YamlNode.Mapping(line, List.copyOf(entries.values()));
    }

    private YamlNode.Sequence sequence(int line, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(token, depth + 1));
            token = parser.nextToken();
        }
        return new YamlNode.Sequence(line, items);
    }
}
