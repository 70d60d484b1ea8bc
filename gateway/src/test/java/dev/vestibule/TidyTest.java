package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the repository as a visitor would, and says where it is untidy.
class TidyTest {

    private static final Path ROOT = repository();
    private static final int LINE_MAX = 100;
    private static final Pattern BARE_TO_DO =
            Pattern.compile("(TO" + "DO(?!\\(#\\d+\\): )|FIX" + "ME)");

    private static Path repository() {
        return Path.of(System.getProperty("vestibule.repository", "")).toAbsolutePath();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<Path> silent =
                javaFiles().stream()
                        .map(Path::getParent)
                        .distinct()
                        .filter(directory -> directory.toString().contains("/java/"))
                        .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
                        .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void noLineIsTooLong() {
        // A text block of that test is a whole page of documentation, whose lines are longer.
        List<Path> files =
                javaFiles().stream()
                        .filter(file -> !file.endsWith("ConfigurationPageTest.java"))
                        .toList();
        assertThat(lines(files, line -> line.length() > LINE_MAX && !isImport(line))).isEmpty();
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    @Test
    void everythingLeftToDoNamesItsIssue() {
        assertThat(lines(javaFiles(), line -> BARE_TO_DO.matcher(line).find())).isEmpty();
    }

    @Test
    void everyTestRuns() {
        assertThat(lines(javaFiles(), line -> line.strip().startsWith("@Disa" + "bled"))).isEmpty();
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/adr/README.md"));
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
            assertThat(
                            decisions
                                    .map(file -> file.getFileName().toString())
                                    .filter(name -> name.matches("\\d{4}-.*\\.md")))
                    .isNotEmpty()
                    .allMatch(index::contains);
        }
    }

    @Test
    void theIndexNamesNoDecisionThatIsNotThere() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/adr/README.md"));
        assertThat(Pattern.compile("\\((\\d{4}-[^)]*\\.md)\\)").matcher(index).results())
                .isNotEmpty()
                .allMatch(link -> Files.exists(ROOT.resolve("docs/adr/" + link.group(1))));
    }

    @Test
    void everyRoomStandsInTheArchitecture() throws IOException {
        String architecture = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        try (Stream<Path> rooms = Files.list(ROOT.resolve("gateway/src/main/java/dev/vestibule"))) {
            assertThat(rooms.filter(Files::isDirectory).map(room -> room.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(room -> architecture.contains("`" + room + "`"));
        }
    }

    /// A lock file that names where its packages were found binds everybody to that registry.
    @Test
    void noNpmLockFileNamesARegistry() throws IOException {
        Path lock = ROOT.resolve("e2e/src/test/node/package-lock.json");
        assertThat(Files.readString(lock))
                .contains("\"integrity\": \"sha512-")
                .doesNotContain("\"resolved\"");
    }

    private static List<String> lines(List<Path> files, Predicate<String> isWrong) {
        return files.stream()
                .flatMap(
                        file ->
                                read(file).stream()
                                        .filter(isWrong)
                                        .map(line -> ROOT.relativize(file) + ": " + line.strip()))
                .toList();
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static List<Path> javaFiles() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
