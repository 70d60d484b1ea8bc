package dev.vestibule.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.shell.ShellTarget.Asset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

final class NameScannerTest {

    private static final String LOADER =
            "p=\"/frontend_latest/\",u=e=>({7:\"panel\"}[e]||e)+\".\"+"
                    + "{12e3:\"aB_d-fG1hIj\",501:\"0123456789abcdef\"}[e]+\".js\";";

    @ParameterizedTest
    @CsvSource({
        // The whole path, the file in a named directory, the fingerprint alone and behind its word.
        "'src=\"/static/icons/favicon.ico\"', /static/icons/, favicon.ico",
        "'\"/static/fonts/a.woff2\" url(b-Bold.woff2)', /static/fonts/, b-Bold.woff2",
        "'`/static/mdi/${e}` {file:\"7a7139d465f1\"}', /static/mdi/, 7a7139d465f1.json",
        "'\"/frontend_es5/\" {1e3:\"185bb2db5b9597eb\"}', /frontend_es5/, 1000.185bb2db5b9597eb.js",
        "'\"/frontend_es5/\" {15e2:\"185bb2db5b95\"}', /frontend_es5/, 1500-185bb2db5b95.js",
        "'\"/static/x/\" {\\\"k\\\":\\\"185bb2db5b9597eb\\\"}', /static/x/, k.185bb2db5b9597eb.js",
        "'\"/static/\" `mdi/${x}`:\"7a7139d465f1f41c\"', /static/mdi/, 7a7139d465f1f41c.json"
    })
    void findsANameAsTheLoaderSpellsIt(String document, String directory, String name)
            throws IOException {
        assertThat(scanned(document).names(new Asset(directory, name))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/frontend_latest/, 12e3.aB_d-fG1hIj.js, true",
        "/frontend_latest/, 12000.aB_d-fG1hIj.js, true",
        "/frontend_latest/, 501.0123456789abcdef.js, true",
        "/frontend_latest/, 502.0123456789abcdef.js, false",
        "/frontend_latest/, 501.0123456789abcdee.js, false",
        "/frontend_latest/, 501.x.0123456789abcdef.js, false",
        "/frontend_latest/, 501.0123456789abcdef.php, false",
        "/frontend_latest/, 501.js, false",
        "/frontend_es5/, 501.0123456789abcdef.js, false",
        "/static/frontend_latest/, 501.0123456789abcdef.js, false"
    })
    void takesOnlyWhatStandsTogether(String directory, String name, boolean isNamed)
            throws IOException {
        assertThat(scanned(LOADER).names(new Asset(directory, name))).isEqualTo(isNamed);
    }

    @Property(tries = 60)
    void aNameIsFoundWholeWhereverTheBlocksMeet(
            @ForAll @IntRange(min = 261_000, max = 263_000) int before) throws IOException {
        NamedPaths names = scanned(" ".repeat(before) + LOADER + "\"/static/a/long-name.png\"");

        assertThat(names.names(new Asset("/frontend_latest/", "501.0123456789abcdef.js"))).isTrue();
        assertThat(names.names(new Asset("/static/a/", "long-name.png"))).isTrue();
    }

    @Test
    void noPieceOfANameIsTakenForOne() throws IOException {
        for (int before = 262_110; before < 262_150; before++) {
            NamedPaths names = scanned(" ".repeat(before) + "\"/static/a/long-name.png\"");
            assertThat(names.names(new Asset("/static/", "a"))).isFalse();
            assertThat(names.names(new Asset("/static/a/", "long-nam"))).isFalse();
            assertThat(names.names(new Asset("/static/a/", "name.png"))).isFalse();
        }
    }

    @Test
    void everySetIsBounded() throws IOException {
        NamedPaths names = new NamedPaths(10);
        StringBuilder document = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            document.append("\"/static/a/").append(i).append(".png\"{").append(i);
            document.append(":\"0123456789abc").append(i).append("\"}");
        }
        scan(names, document.toString());

        assertThat(names.names(new Asset("/static/a/", "3.png"))).isTrue();
        assertThat(names.names(new Asset("/static/a/", "900.png"))).isFalse();
        assertThat(names.names(new Asset("/static/a/", "900.0123456789abc900.js"))).isFalse();
    }

    @Property(tries = 200)
    void anyDocumentIsReadToItsEnd(@ForAll byte[] document) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(document);
        new NameScanner(new NamedPaths(100)).scan(in);

        assertThat(in.available()).isZero();
    }

    private static NamedPaths scanned(String document) throws IOException {
        NamedPaths names = new NamedPaths(1_000);
        scan(names, document);
        return names;
    }

    private static void scan(NamedPaths names, String document) throws IOException {
        new NameScanner(names)
                .scan(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }
}
