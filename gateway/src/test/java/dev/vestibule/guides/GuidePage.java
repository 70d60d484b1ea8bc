package dev.vestibule.guides;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of `docs`, in the parts that can be looked at. Immutable.
///
/// @param file relative to `docs`
public record GuidePage(Path file, String text) {

    /// The directory of all pages.
    static final Path DOCS =
            Path.of(System.getProperty("vestibule.repository", ".."))
                    .toAbsolutePath()
                    .normalize()
                    .resolve("docs");

    private static final Pattern FENCED =
            Pattern.compile("(?ms)^```(\\w+)?(?: +([^\\n]*))?\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#{1,6}) (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /// What stands between fences.
    ///
    /// @param language the first word behind the opening fence
    /// @param mark what follows it; readers of the page do not see it
    public record Block(String language, String mark, String text) {}

    /// @param name the path below `docs`, such as `guides/proxies/nginx.md`
    public static GuidePage read(String name) {
        return read(DOCS.resolve(name));
    }

    private static GuidePage read(Path file) {
        try {
            return new GuidePage(DOCS.relativize(file), Files.readString(file));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Every page below a directory of `docs`.
    static List<GuidePage> below(String directory) {
        try (Stream<Path> files = Files.walk(DOCS.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(GuidePage::read)
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    List<Block> blocks() {
        return FENCED.matcher(text)
                .results()
                .map(found -> new Block(or(found.group(1)), or(found.group(2)), found.group(3)))
                .toList();
    }

    private static String or(@Nullable String group) {
        return group == null ? "" : group;
    }

    /// The text of the one block of a language and mark.
    public String block(String language, String mark) {
        List<String> found =
                blocks().stream()
                        .filter(block -> block.language().equals(language))
                        .filter(block -> block.mark().equals(mark))
                        .map(Block::text)
                        .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    file + " has " + found.size() + " blocks '" + language + " " + mark + "'");
        }
        return found.getFirst();
    }

    /// The page without what stands between fences.
    String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    /// The headings of the second level, in their order.
    List<String> sections() {
        return HEADING.matcher(prose())
                .results()
                .filter(heading -> heading.group(1).length() == 2)
                .map(heading -> heading.group(2))
                .toList();
    }

    /// What is linked to, as it stands there.
    List<String> links() {
        return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
    }

    /// The names by which GitHub lets headings be linked to.
    Set<String> anchors() {
        Map<String, Integer> times = new HashMap<>();
        Set<String> anchors = new LinkedHashSet<>();
        HEADING.matcher(prose())
                .results()
                .map(heading -> anchor(heading.group(2)))
                .forEach(
                        name -> {
                            int before = times.merge(name, 1, Integer::sum) - 1;
                            anchors.add(before == 0 ? name : name + "-" + before);
                        });
        return anchors;
    }

    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /// The rows of the first table under a heading, without its head.
    List<List<String>> table(String section) {
        String from = prose().split("(?m)^## " + Pattern.quote(section) + "$", 2)[1];
        return from.lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(GuidePage::cells)
                .toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
