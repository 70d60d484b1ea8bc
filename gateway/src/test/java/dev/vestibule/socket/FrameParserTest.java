package dev.vestibule.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.secret.Secrets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class FrameParserTest {

    private static final int LONG = 1_000_000;
    private static final MessageMemory MEMORY = new MessageMemory(LONG);

    private final List<String> messages = new ArrayList<>();

    @Property(tries = 200)
    void readsWhatWasWrittenHoweverTheBytesArrive(
            @ForAll @Size(max = 70_000) byte[] payload,
            @ForAll @IntRange(min = 1, max = 999) int chunk) {
        List<byte[]> read = new ArrayList<>();
        FrameParser parser =
                new FrameParser(
                        true,
                        new MessageAssembler(
                                false, LONG, MEMORY, (_, message) -> read.add(message)));
        ByteBuf frame =
                Frames.fromClient(
                        UnpooledByteBufAllocator.DEFAULT,
                        new Secrets(),
                        FrameHeader.BINARY,
                        payload.clone());

        while (frame.isReadable()) {
            parser.parse(frame.readSlice(Math.min(chunk, frame.readableBytes())));
        }

        assertThat(read).hasSize(1);
        assertThat(Arrays.equals(read.getFirst(), payload)).isTrue();
        assertThat(parser.isBetweenFrames()).isTrue();
    }

    @Test
    void putsFragmentsTogetherAndLetsControlFramesInBetween() {
        FrameParser parser = serverParser(false, 100);

        parser.parse(bytes(0x01, 2, 'a', 'b'));
        parser.parse(bytes(0x89, 1, 'p'));
        parser.parse(bytes(0x80, 1, 'c'));

        assertThat(messages).containsExactly("9:p", "1:abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80 00", // continuation of nothing
                "01 01 61 01 01 62", // a second beginning
                "91 00", // reserved bit
                "C1 01 61", // compressed, not agreed
                "83 00", // unknown opcode
                "09 00", // fragmented ping
                "89 7E 00 7E", // long ping
                "81 7E 00 05", // length misspelt
                "81 7F 00 00 00 00 00 00 FF FF", // length misspelt
                "81 7F 80 00 00 00 00 00 00 00", // negative length
                "81 81 00 00 00 00 61", // masked by a server
                "81 7E 00 C8", // longer than allowed
            })
    void refusesWhatIsNoWebsocket(String hex) {
        FrameParser parser = serverParser(false, 100);

        assertThatThrownBy(() -> parser.parse(hex(hex))).isInstanceOf(FrameViolation.class);
        assertThat(messages).isEmpty();
    }

    @Test
    void refusesAClientThatDoesNotMask() {
        FrameParser parser =
                new FrameParser(true, new MessageAssembler(false, 100, MEMORY, (_, _) -> {}));

        assertThatThrownBy(() -> parser.parse(hex("81 01 61"))).isInstanceOf(FrameViolation.class);
    }

    @Test
    void refusesFragmentsThatAreTooLongTogether() {
        FrameParser parser = serverParser(false, 3);
        parser.parse(bytes(0x01, 2, 'a', 'b'));

        assertThatThrownBy(() -> parser.parse(bytes(0x80, 2, 'c', 'd')))
                .isInstanceOfSatisfying(
                        FrameViolation.class,
                        violation ->
                                assertThat(violation.closeCode())
                                        .isEqualTo(FrameViolation.TOO_BIG));
    }

    /// Attack: many sockets that each begin a long message and never end it.
    @Test
    void allMessagesUnderWayShareOneMemoryAndShortOnesNeedNone() {
        MessageMemory memory = new MessageMemory(50_000);
        MessageAssembler first = new MessageAssembler(false, LONG, memory, (_, _) -> {});
        MessageAssembler second = new MessageAssembler(false, LONG, memory, (_, _) -> {});
        begin(first, 60_000);

        assertThatThrownBy(() -> begin(second, 60_000))
                .isInstanceOfSatisfying(
                        FrameViolation.class,
                        violation ->
                                assertThat(violation.closeCode())
                                        .isEqualTo(FrameViolation.TRY_AGAIN_LATER));
        begin(new MessageAssembler(false, LONG, memory, (_, _) -> {}), 16_000);
        first.close();
        begin(new MessageAssembler(false, LONG, memory, (_, _) -> {}), 60_000);
    }

    /// All but the last byte of a message.
    private static void begin(MessageAssembler assembler, int length) {
        ByteBuf frame =
                Frames.fromServer(
                        UnpooledByteBufAllocator.DEFAULT, FrameHeader.TEXT, new byte[length]);
        new FrameParser(false, assembler).parse(frame.slice(0, frame.readableBytes() - 1));
    }

    private FrameParser serverParser(boolean isCompressed, int lengthMax) {
        return new FrameParser(
                false,
                new MessageAssembler(
                        isCompressed,
                        lengthMax,
                        MEMORY,
                        (opcode, payload) ->
                                messages.add(
                                        opcode
                                                + ":"
                                                + new String(payload, StandardCharsets.UTF_8))));
    }

    private static ByteBuf bytes(int... values) {
        ByteBuf buffer = Unpooled.buffer(values.length);
        Arrays.stream(values).forEach(buffer::writeByte);
        return buffer;
    }

    private static ByteBuf hex(String hex) {
        int[] values =
                Arrays.stream(hex.split(" "))
                        .mapToInt(part -> Integer.parseInt(part, 16))
                        .toArray();
        return bytes(values);
    }
}
