package dev.vestibule.config;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A printed configuration as one text per key, so that it can be held against the page. The first
/// entry of a list of sections stands for all.
final class InForce {

    private InForce() {}

    static Map<String, String> byPath(String yaml) {
        Map<String, String> values = new TreeMap<>();
        YamlTree.parse(yaml, new Findings()).ifPresent(root -> collect(root, "", values));
        return values;
    }

    private static void collect(YamlNode node, String path, Map<String, String> values) {
        switch (node) {
            case YamlNode.Mapping mapping -> {
                for (YamlNode.Entry entry : mapping.entries()) {
                    String inner = path.isEmpty() ? entry.key() : path + "." + entry.key();
                    collect(entry.value(), inner, values);
                }
            }
            case YamlNode.Sequence(int _, var items) -> {
                if (!items.isEmpty() && items.getFirst() instanceof YamlNode.Mapping section) {
                    collect(section, path + "[]", values);
                } else {
                    values.put(path, comparable(items.stream().map(InForce::text).toList() + ""));
                }
            }
            case YamlNode.Scalar(int _, var text) -> values.put(path, comparable(text));
            case YamlNode.Empty _ -> values.put(path, "");
        }
    }

    private static String text(YamlNode node) {
        return node instanceof YamlNode.Scalar(int _, var text) ? text : "";
    }

    /// Lists in one order, without quotes; "none" is the empty list.
    static String comparable(String said) {
        String bare = said.replace("`", "").replaceAll("^none.*", "[]");
        if (!bare.startsWith("[")) {
            return bare;
        }
        return Arrays.stream(bare.substring(1, bare.length() - 1).split(", ?", -1))
                .sorted()
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
