package dev.vestibule.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A record or enum as its source tells it: what it is for, and what each component means. Reads
/// the one form that the formatter leaves, and nothing more.
///
/// @param about the comment before its first `@param`
/// @param parts the components of a record or the constants of an enum, in order
record RecordSource(String name, String about, List<Part> parts) {

    /// @param type empty for the constant of an enum
    record Part(String name, String type, String about) {}

    private static final Pattern TYPE =
            Pattern.compile(
                    "((?:^ *///.*\\n)+) *(?:public )?(?:sealed )?(record|enum|interface) (\\w+)",
                    Pattern.MULTILINE);
    private static final Pattern COMPONENT = Pattern.compile("([\\w<>]+) (\\w+)\\s*(?:,|$)");
    private static final Pattern CONSTANT =
            Pattern.compile("((?: *///.*\\n)*) *([A-Z][A-Z0-9_]*)[,\\n]");

    /// Every documented type of a source file, by name.
    static Map<String, RecordSource> readAll(String source) {
        Map<String, RecordSource> types = new LinkedHashMap<>();
        Matcher type = TYPE.matcher(source);
        while (type.find()) {
            String comment = plain(type.group(1));
            String about = comment.split(" @param ", 2)[0];
            List<Part> parts =
                    switch (type.group(2)) {
                        case "record" -> components(source.substring(type.end()), comment);
                        case "enum" -> constants(source.substring(type.end()));
                        default -> List.of();
                    };
            types.put(type.group(3), new RecordSource(type.group(3), about, parts));
        }
        return types;
    }

    private static List<Part> components(String after, String comment) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (String param : comment.split(" @param ", -1)) {
            String[] words = param.split(" ", 2);
            meanings.put(words[0], words.length > 1 ? words[1] : "");
        }
        String list = after.substring(1, after.indexOf(')'));
        return COMPONENT
                .matcher(list.strip())
                .results()
                .map(found -> part(found, meanings))
                .toList();
    }

    private static Part part(MatchResult component, Map<String, String> meanings) {
        String name = component.group(2);
        return new Part(name, component.group(1), meanings.getOrDefault(name, ""));
    }

    private static List<Part> constants(String after) {
        String body = after.substring(after.indexOf('{') + 1, after.indexOf('}'));
        List<Part> constants = new ArrayList<>();
        CONSTANT.matcher(body.strip() + "\n")
                .results()
                .forEach(
                        found ->
                                constants.add(new Part(found.group(2), "", plain(found.group(1)))));
        return constants;
    }

    /// The text of a comment on one line.
    private static String plain(String comment) {
        return comment.replaceAll("(?m)^ *///", " ").replaceAll("\\s+", " ").strip();
    }
}
