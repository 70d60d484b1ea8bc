package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `./vestibule` on machines that lack something: one sentence says what, and nothing is started. A
/// copy of the script runs here, which looks for JDKs nowhere but at `JAVA_HOME`.
@Timeout(60)
class LauncherScriptTest {

    /// What every system has; Java and Maven are not among it.
    private static final List<String> TOOLS =
            List.of(
                    "sh",
                    "dirname",
                    "readlink",
                    "grep",
                    "find",
                    "head",
                    "sed",
                    "mkdir",
                    "touch",
                    "cat",
                    "rm",
                    "mv");

    @TempDir Path directory;
    private Path tools;

    @BeforeEach
    void copy() throws IOException {
        tools = Files.createDirectory(directory.resolve("bin"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), whereIs(tool));
        }
        Path repository = Program.repository();
        copy(repository.resolve("vestibule"), directory.resolve("vestibule"));
        Files.createDirectory(directory.resolve("build"));
        try (Stream<Path> helpers = Files.list(repository.resolve("build"))) {
            for (Path helper : helpers.filter(file -> file.toString().endsWith(".sh")).toList()) {
                copy(helper, directory.resolve("build").resolve(helper.getFileName()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.writeString(
                to, Files.readString(from).replaceAll("/(usr/lib/jvm|opt|Library)/", "/none/"));
    }

    private static Path whereIs(String tool) {
        return Stream.of(
                        System.getenv()
                                .getOrDefault("PATH", "")
                                .split(Pattern.quote(File.pathSeparator), -1))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this machine has no " + tool));
    }

    /// Standard error, after the exit code.
    private String run(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        tools.resolve("sh").toString(),
                        directory.resolve("vestibule").toString(),
                        "demo");
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String complained =
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + complained;
    }

    private static Map<String, String> withJdk() {
        return Map.of("JAVA_HOME", System.getProperty("java.home", ""));
    }

    @Test
    void withoutAJdk25ItSaysSoInOneSentence() throws Exception {
        assertThat(run(Map.of()))
                .startsWith("1 Vestibule needs a JDK 25: install one")
                .contains("JAVA_HOME")
                .hasLineCount(1);
    }

    @Test
    void anotherJdkIsNoneEither() throws Exception {
        Path older = Files.createDirectories(directory.resolve("jdk/bin"));
        for (String program : List.of("java", "javac")) {
            Files.createSymbolicLink(older.resolve(program), tools.resolve("cat"));
        }
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"21.0.5\"\n");

        assertThat(run(Map.of("JAVA_HOME", directory.resolve("jdk").toString())))
                .startsWith("1 Vestibule needs a JDK 25")
                .hasLineCount(1);
    }

    @Test
    void withoutMavenItSaysSoInOneSentence() throws Exception {
        assertThat(run(withJdk()))
                .startsWith("1 Vestibule is not built yet, and building it needs Maven")
                .hasLineCount(1);
    }

    @Test
    void aBuildThatFailsShowsItsErrors() throws Exception {
        program("mvn", "echo '[INFO] Scanning'; echo '[ERROR] the sources are wrong'; exit 1");

        assertThat(run(withJdk()))
                .startsWith("1 Building Vestibule")
                .contains("[ERROR] the sources are wrong", "The build failed")
                .doesNotContain("Scanning");
    }

    @Test
    void aBuildSaysWhatItIsDoing() throws Exception {
        program(
                "mvn",
                """
                echo 'Downloading from central: one'
                echo 'Downloading from central: two'
                echo '[INFO] Building Vestibule gateway 0.1.0-SNAPSHOT             [3/4]'
                exit 1
                """);

        assertThat(run(withJdk()))
                .containsOnlyOnce("fetching libraries")
                .contains("  compiling Vestibule gateway [3/4]\n");
    }

    /// Maven's last words come without the end of a line.
    @Test
    void aBuildThatSucceedsIsNoneThatFailed() throws Exception {
        Files.createDirectories(directory.resolve("app/target/vestibule/lib"));
        program("mvn", "printf '[INFO] BUILD SUCCESS'");

        assertThat(run(withJdk()))
                .contains("Building Vestibule", "Preparing a faster start")
                .doesNotContain("The build failed");
    }

    private void program(String name, String body) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!" + tools.resolve("sh") + "\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
