package dev.vestibule.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;

class DeflateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=15; server_no_context_takeover",
                "x-unknown, permessage-deflate",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "Permessage-Deflate; Server_Max_Window_Bits=15",
            })
    void acceptsAnOfferThatItCanKeep(String offers) {
        assertThat(Deflate.accepts(List.of(offers))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-unknown",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; client_max_window_bits=99",
                "permessage-deflate; surprise",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
            })
    void declinesAnOfferThatItCannotKeep(String offers) {
        assertThat(Deflate.accepts(List.of(offers))).isFalse();
    }

    @Test
    void usesCompressionUpstreamOnlyWhereEachMessageStandsAlone() {
        assertThat(Deflate.read(Optional.empty())).isEqualTo(Deflate.Agreement.PLAIN);
        assertThat(Deflate.read(Optional.of("permessage-deflate; server_no_context_takeover")))
                .isEqualTo(Deflate.Agreement.COMPRESSED);
        assertThat(Deflate.read(Optional.of("permessage-deflate")))
                .isEqualTo(Deflate.Agreement.UNUSABLE);
        assertThat(Deflate.read(Optional.of("x-unknown"))).isEqualTo(Deflate.Agreement.UNUSABLE);
    }

    @Test
    void inflatesAMessage() {
        byte[] text = "{\"type\":\"ping\"}".repeat(50).getBytes(StandardCharsets.UTF_8);

        assertThat(Deflate.inflate(deflate(text), 10_000)).isEqualTo(text);
    }

    @Test
    void refusesASmallMessageThatInflatesToALargeOne() {
        byte[] bomb = deflate(new byte[50_000_000]);

        assertThat(bomb.length).isLessThan(100_000);
        assertThatThrownBy(() -> Deflate.inflate(bomb, 1_000_000))
                .isInstanceOfSatisfying(
                        FrameViolation.class,
                        violation ->
                                assertThat(violation.closeCode())
                                        .isEqualTo(FrameViolation.TOO_BIG));
    }

    @Test
    void refusesWhatDoesNotInflate() {
        assertThatThrownBy(() -> Deflate.inflate(new byte[] {7, 7, 7, 7}, 100))
                .isInstanceOf(FrameViolation.class);
    }

    /// As RFC 7692 section 7.2.1 has it: flushed, without the last four bytes.
    static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(message);
        byte[] out = new byte[message.length + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }
}
