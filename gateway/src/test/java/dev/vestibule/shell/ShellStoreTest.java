package dev.vestibule.shell;

import static dev.vestibule.shell.ShellHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.http.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

final class ShellStoreTest {

    private static final String APP = "/frontend_latest/app.6d82fe82.js";
    private static final String CHUNK = "/frontend_latest/1000.185bb2db5b9597eb.js";

    @TempDir Path directory;
    private ShellHouse house;

    @BeforeEach
    void open() {
        house = new ShellHouse(directory);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void copiesAndTheirNamesSurviveARestart() {
        house.get("/");
        house.get(APP, "Accept-Encoding: gzip");

        house.restart();

        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);
        assertThat(house.get(CHUNK).status()).isEqualTo(200);
        assertThat(house.home.targets()).containsExactly("/", APP, CHUNK);
    }

    @Test
    void aCorruptCopyIsAsGoodAsNone() throws IOException {
        house.get("/");
        flip(entries().getFirst(), 5);

        house.restart();

        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);
        assertThat(house.home.targets()).containsExactly("/", "/");
    }

    @Test
    void aTruncatedCopyAndTheRestsOfACrashAreSweptAway() throws IOException {
        house.get("/");
        Path entry = entries().getFirst();
        Files.write(entry, List.of(), StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(directory.resolve("000000000000099.part"), "half");
        Files.writeString(directory.resolve("000000000000098.entry"), "no entry");

        house.restart();

        assertThat(entries()).isEmpty();
        assertThat(files()).doesNotContain(directory.resolve("000000000000099.part"));
        assertThat(text(house.get("/"))).isEqualTo(ShellHouse.INDEX);
    }

    @Test
    void noSingleBrokenByteIsBelieved() throws IOException {
        house.get("/manifest.json");
        house.cache().close();
        Path entry = entries().getFirst();
        byte[] whole = Files.readAllBytes(entry);

        for (int i = 0; i < whole.length; i++) {
            byte[] broken = whole.clone();
            broken[i] ^= 0x20;
            Files.write(entry, broken);
            ShellStore store = new ShellStore(house.clock, directory, ShellHouse.LIMITS);
            assertThat(store.find(new Representation("/manifest.json", ContentEncoding.IDENTITY)))
                    .as("byte %d of %d", i, whole.length)
                    .isEmpty();
            Files.write(entry, whole);
        }
    }

    @Test
    void theDiskIsBoundedAndWhatWasUsedLongestAgoGoes() throws IOException {
        StringBuilder index = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            String path = "/static/fonts/f" + i + ".woff2";
            index.append('"').append(path).append('"');
            house.home.page(path, "font/woff2", "x".repeat(200_000));
        }
        house.home.page("/", "text/html", index.toString());
        house.get("/");

        for (int i = 0; i < 10; i++) {
            assertThat(house.get("/static/fonts/f" + i + ".woff2").status()).isEqualTo(200);
            house.get("/");
            house.clock.advance(Duration.ofSeconds(1));
        }
        house.clock.advance(Duration.ofMinutes(3));
        house.home.without("/static/fonts/f0.woff2");
        house.get("/manifest.json");

        assertThat(house.get("/static/fonts/f0.woff2").status()).isEqualTo(404);
        assertThat(house.home.targets().stream().filter("/"::equals)).hasSizeLessThan(3);
        long kept = 0;
        for (Path file : entries()) {
            kept += Files.size(file);
        }
        assertThat(kept).isLessThan(ShellHouse.LIMITS.diskBytesMax() + 10_000);
    }

    @Test
    void aLargeBodyStaysOnDiskAndOutlivesItsReplacement() {
        house.home.page("/", "text/html", "<html>" + "a".repeat(200_000));
        Response answer = house.get("/");
        house.home.page("/", "text/html", "<html>" + "b".repeat(200_000));
        house.clock.advance(Duration.ofSeconds(61));
        house.get("/");
        ShellHouse.eventually(() -> text(house.get("/")).contains("b"));

        house.clock.advance(Duration.ofMinutes(3));
        house.get("/manifest.json");
        assertThat(entries()).hasSize(2);

        assertThat(answer.bodyBuffer().isDirect()).isTrue();
        assertThat(house.get("/manifest.json").bodyBuffer().isDirect()).isFalse();
        assertThat(text(answer)).isEqualTo("<html>" + "a".repeat(200_000));
    }

    @Test
    void aFileThatIsTooLargeIsNotKept() {
        house.get("/");
        house.home.page("/static/icons/favicon.ico", "image/x-icon", "x".repeat(300_001));

        assertThat(house.get("/static/icons/favicon.ico").status()).isEqualTo(404);
        assertThat(entries()).hasSize(1);

        house.clock.advance(Duration.ofSeconds(61));
        house.home.page("/static/icons/favicon.ico", "image/x-icon", "x".repeat(300_000));
        assertThat(house.get("/static/icons/favicon.ico").status()).isEqualTo(200);
    }

    @Test
    void anEndlessBodyWithoutALengthIsCutOff() {
        house.get("/");
        house.home.raw(
                "/static/icons/favicon.ico",
                FrontEnd.head("200 OK", "image/x-icon", "Transfer-Encoding: chunked"),
                chunked("x".repeat(400_000)));

        assertThat(house.get("/static/icons/favicon.ico").status()).isEqualTo(404);
        assertThat(entries()).hasSize(1);
    }

    private static byte[] chunked(String body) {
        String text = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void nothingIsWrittenWhereNothingChanged() {
        house.get("/");
        List<Path> before = entries();
        house.clock.advance(Duration.ofSeconds(61));
        house.get("/");
        ShellHouse.eventually(() -> house.home.requests().size() == 2);
        house.cache().close();

        assertThat(entries()).isEqualTo(before);
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private List<Path> entries() {
        return files().stream().filter(file -> file.toString().endsWith(".entry")).toList();
    }

    private List<Path> files() {
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
