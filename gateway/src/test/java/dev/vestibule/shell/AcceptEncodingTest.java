package dev.vestibule.shell;

import static dev.vestibule.shell.ContentEncoding.BROTLI;
import static dev.vestibule.shell.ContentEncoding.GZIP;
import static dev.vestibule.shell.ContentEncoding.IDENTITY;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

final class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd|BROTLI GZIP IDENTITY",
                "gzip|GZIP IDENTITY",
                "br;q=0.5, gzip|GZIP BROTLI IDENTITY",
                "BR;Q=1.0, GZIP;q=1|BROTLI GZIP IDENTITY",
                "identity, gzip;q=0.5|IDENTITY GZIP",
                "br;q=0, gzip;q=0|IDENTITY",
                "*|BROTLI GZIP IDENTITY",
                "*;q=0|IDENTITY",
                "gzip, *;q=0|GZIP",
                "br, br;q=0|IDENTITY",
                "gzip;q=1.1|IDENTITY",
                "gzip;q=NaN, br;q=1e9|IDENTITY",
                "gzip;q=-1|IDENTITY",
                "gzip;level=9|IDENTITY",
                ",,;;=,|IDENTITY",
                "identity;q=0|IDENTITY"
            })
    void weightsDecide(String value, String expected) {
        assertThat(best(value))
                .containsExactlyElementsOf(
                        List.of(expected.split(" ", -1)).stream()
                                .map(ContentEncoding::valueOf)
                                .toList());
    }

    @Test
    void saysNothingMeansPlain() {
        assertThat(AcceptEncoding.best(Headers.NONE)).containsExactly(IDENTITY);
    }

    @Test
    void severalLinesAreOneList() {
        Headers headers =
                new Headers(
                        List.of(
                                new Header("Accept-Encoding", "gzip;q=0.1"),
                                new Header("accept-encoding", "br")));

        assertThat(AcceptEncoding.best(headers)).containsExactly(BROTLI, GZIP, IDENTITY);
    }

    @Test
    void aListWithoutEndIsNotRead() {
        assertThat(best("gzip, ".repeat(100_000))).containsExactly(IDENTITY);
    }

    @Property
    void anyTextGivesOneToThreeEncodingsWithoutRepetition(@ForAll String value) {
        assertThat(best(value)).isNotEmpty().doesNotHaveDuplicates();
    }

    private static List<ContentEncoding> best(String value) {
        return AcceptEncoding.best(new Headers(List.of(new Header("accept-encoding", value))));
    }
}
