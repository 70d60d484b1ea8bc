package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The commands of `docs/guides/backup.md`, for a gateway as a user runs it, and what the page says
/// about what comes back. Of the commands only the root directory is another.
class BackupGuideTest {

    private static final Path PAGE = Program.repository().resolve("docs/guides/backup.md");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    @TempDir Path root;
    @TempDir Path elsewhere;
    private ServedHouse house;
    private VisitorBrowser ben;

    @BeforeEach
    void moveIn() throws IOException {
        house =
                new ServedHouse(
                        Files.createDirectories(root.resolve("etc/vestibule")),
                        Files.createDirectories(root.resolve("var/lib/vestibule")));
        house.addPerson("ben");
        ben = new VisitorBrowser();
    }

    @AfterEach
    void close() {
        ben.close();
        house.close();
    }

    @Test
    void whatIsPutBackWorksAsBefore() throws Exception {
        JsonNode tokens = house.signIn(ben, "ben");
        makeACopy();
        loseEverything();

        putBack();

        assertThat(refresh(tokens)).isEqualTo(200);
        assertThat(status("/api/config", tokens)).isEqualTo(200);
        assertThat(permissions(elsewhere.resolve("vestibule-backup.tar"))).isEqualTo("rw-------");
        assertThat(permissions(root.resolve("var/lib/vestibule/master.key")))
                .isEqualTo("rw-------");
    }

    @Test
    void whoeverWasShutOutSinceTheCopyStaysOutAsLongAsHomeAssistantRemembersIt() throws Exception {
        Operator operator = new Operator(house.configuration());
        JsonNode tokens = house.signIn(ben, "ben");
        makeACopy();
        house.startAgain();
        operator.run("account", "suspend", "ben");
        await(() -> operator.account("ben").contains("agrees"));
        house.program().close();

        putBack();

        await(() -> operator.account("ben").contains("home: switched off there"));
        assertThat(operator.account("ben")).contains(" active ");
        assertThat(refresh(tokens)).isEqualTo(400);
        assertThat(house.arrive(ben, "ben").location()).doesNotContain("code=");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + PATIENCE).isLessThan(deadline);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void makeACopy() throws Exception {
        house.program().close();
        run("backup");
    }

    private void loseEverything() throws IOException {
        for (String lost : new String[] {"etc", "var"}) {
            try (Stream<Path> files = Files.walk(root.resolve(lost))) {
                files.sorted(Comparator.reverseOrder()).forEach(BackupGuideTest::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void putBack() throws Exception {
        run("restore");
        house.startAgain();
    }

    /// @param mark what stands behind the fence
    private void run(String mark) throws IOException, InterruptedException {
        Matcher commands =
                Pattern.compile("(?s)```sh " + mark + "\\n(.*?)```")
                        .matcher(Files.readString(PAGE));
        assertThat(commands.find()).isTrue();
        assertThat(commands.group(1)).contains(" --directory / ");
        Process shell =
                new ProcessBuilder(
                                "sh", "-ec", commands.group(1).replace(" / ", " '" + root + "' "))
                        .directory(elsewhere.toFile())
                        .redirectErrorStream(true)
                        .start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
    }

    private int refresh(JsonNode tokens) {
        return ben.postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.path("refresh_token").asText(),
                                "client_id",
                                house.clientId()))
                .status();
    }

    private int status(String path, JsonNode tokens) {
        return ben.get(
                        house.at(path),
                        "Authorization",
                        "Bearer " + tokens.path("access_token").asText())
                .status();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
