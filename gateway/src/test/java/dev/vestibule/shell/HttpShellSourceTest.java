package dev.vestibule.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class HttpShellSourceTest {

    private static final ShellQuestion QUESTION =
            new ShellQuestion("/", ContentEncoding.IDENTITY, "");

    private final FrontEnd home = new FrontEnd();
    @TempDir Path directory;
    private ShellSource source;
    private Path body;

    @BeforeEach
    void open() {
        source = source(home.uri(), List.of());
        body = directory.resolve("body");
    }

    @AfterEach
    void close() {
        source.close();
        home.close();
    }

    private static ShellSource source(URI uri, List<Path> certificates) {
        return source(uri, certificates, ShellHouse.LIMITS.answer());
    }

    private static ShellSource source(URI uri, List<Path> certificates, Duration answer) {
        HomeAssistantConfig config =
                new HomeAssistantConfig(uri, new Secret("never sent"), certificates);
        ShellLimits limits = ShellHouse.LIMITS;
        return new HttpShellSource(
                config,
                new ShellLimits(
                        limits.diskBytesMax(),
                        limits.entryBytesMax(),
                        limits.entriesMax(),
                        limits.memoryBytesMax(),
                        limits.memoryEntryBytesMax(),
                        limits.namesMax(),
                        limits.fetchesMax(),
                        limits.flightsMax(),
                        limits.documentFreshFor(),
                        limits.staleMax(),
                        limits.absentFor(),
                        limits.absentMax(),
                        limits.awayFor(),
                        limits.connect(),
                        answer));
    }

    @Test
    void aBodyIsWrittenWhereItBelongs() throws IOException {
        home.page("/", "text/html", "<html>");

        ShellAnswer answer = source.fetch(QUESTION, body);

        assertThat(answer).isInstanceOf(ShellAnswer.Found.class);
        assertThat(Files.readString(body)).isEqualTo("<html>");
    }

    @Test
    void whoDoesNotAnswerInTimeIsAway() {
        home.page("/", "text/html", "<html>");
        home.hold();

        try (ShellSource impatient = source(home.uri(), List.of(), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> impatient.fetch(QUESTION, body))
                    .isInstanceOf(HomeAssistantUnavailable.class);
        }
    }

    @Test
    void whoStopsInTheMiddleOfABodyIsAway() {
        home.raw(
                "/",
                FrontEnd.head("200 OK", "text/html", "Transfer-Encoding: chunked"),
                new byte[] {'5', '\r', '\n', 'a', 'b'});

        assertThatThrownBy(() -> source.fetch(QUESTION, body))
                .isInstanceOf(HomeAssistantUnavailable.class);
    }

    @Test
    void aNotModifiedThatNobodyAskedForIsAFault() {
        home.status("/", "304 Not Modified");

        assertThatThrownBy(() -> source.fetch(QUESTION, body))
                .isInstanceOf(HomeAssistantUnavailable.class);
    }

    @Test
    void anAddressWithAPathKeepsIt() {
        ShellSource below = source(home.uri().resolve("/house/"), List.of());
        home.page("/house/manifest.json", "application/json", "{}");

        ShellAnswer answer =
                below.fetch(
                        new ShellQuestion("/manifest.json", ContentEncoding.IDENTITY, ""), body);
        below.close();

        assertThat(answer).isInstanceOf(ShellAnswer.Found.class);
    }

    @Test
    void aCertificateFileThatCannotBeReadIsSaidAtOnce() {
        assertThatThrownBy(() -> source(home.uri(), List.of(directory.resolve("none.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.pem");
    }
}
