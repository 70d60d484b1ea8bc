package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

final class ControlServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir Path directory;
    private final RecordedCommands commands = new RecordedCommands();
    private ControlServer server = noServerYet();

    @SuppressWarnings("NullAway") // Set before each test.
    private static ControlServer noServerYet() {
        return null;
    }

    @BeforeEach
    void open() {
        server = ControlServer.open(directory, commands);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Optional<String> send(byte[] bytes) throws IOException {
        try (LineChannel line = connect(bytes)) {
            return line.read(ControlProtocol.ANSWER_BYTES_MAX, LIMIT);
        }
    }

    private LineChannel connect(byte[] bytes) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()));
        channel.write(ByteBuffer.wrap(bytes));
        return new LineChannel(channel);
    }

    private Optional<String> send(String line) throws IOException {
        return send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyTheOwnerMayOpenTheSocketAndItsDirectory() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket())))
                .isEqualTo("rw-------");
        Path parent = server.socket().resolveSibling("");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
                .isEqualTo("rwx------");
    }

    @Test
    void narrowsADirectoryThatWasOpenToOthers() throws IOException {
        server.close();
        Path parent = server.socket().resolveSibling("");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));

        server = ControlServer.open(directory, commands);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
                .isEqualTo("rwx------");
    }

    @Test
    void answersOneLineWithOneLine() throws IOException {
        assertThat(send("{\"command\":\"account-suspend\",\"account\":\"ada\"}"))
                .contains("{\"answer\":\"done\",\"sentence\":\"ada is out.\"}");
        assertThat(commands.asked()).containsExactly("suspend ada");
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndChangesNothing() throws IOException {
        for (String line :
                new String[] {
                    "",
                    "x",
                    "[]",
                    "{}",
                    "null",
                    "{\"command\":\"account-delete\",\"account\":\"ada\"}",
                    "{\"command\":\"account-suspend\"}",
                    "{\"command\":\"account-suspend\",\"account\":1}",
                    "{\"command\":\"account-suspend\",\"account\":\"a\",\"account\":\"b\"}",
                    "{\"command\":\"account-suspend\",\"account\":\"ada\"}{}",
                    "{\"command\":\"account-link\",\"account\":\"ada\",\"user\":\"u\"}",
                    "[".repeat(2000)
                }) {
            assertThat(send(line)).hasValueSatisfying(answer -> assertRefused(answer, line));
        }
        assertThat(commands.asked()).isEmpty();
    }

    private static void assertRefused(String answer, String line) {
        assertThat(answer).as(line).startsWith("{\"answer\":\"refused\"");
    }

    @Test
    void refusesALineThatIsTooLongOrNoText() throws IOException {
        byte[] endless = "x".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        byte[] binary = {(byte) 0xC3, '(', '\n'};

        assertThat(send(endless)).hasValueSatisfying(answer -> assertRefused(answer, "endless"));
        assertThat(send(binary)).hasValueSatisfying(answer -> assertRefused(answer, "binary"));
        assertThat(commands.asked()).isEmpty();
    }

    @Test
    void goesOnAfterSomebodyWhoLeavesInTheMiddle() throws IOException {
        connect("{\"comm".getBytes(StandardCharsets.UTF_8)).close();

        assertThat(send("{\"command\":\"account-restore\",\"account\":\"ada\"}")).isPresent();
    }

    @Test
    void silentOnesDoNotKeepOthersWaitingForever() throws IOException {
        LineChannel[] silent = new LineChannel[20];
        for (int i = 0; i < silent.length; i++) {
            silent[i] = connect(new byte[0]);
        }
        for (LineChannel one : silent) {
            assertThat(one.read(ControlProtocol.ANSWER_BYTES_MAX, Duration.ofSeconds(30)))
                    .hasValueSatisfying(answer -> assertRefused(answer, "silent"));
            one.close();
        }
        assertThat(send("{\"command\":\"grant-list\"}")).isPresent();
    }

    @Test
    void replacesASocketThatAKilledGatewayLeft() throws IOException {
        Path socket = server.socket();
        server.close();
        Files.createFile(socket);

        server = ControlServer.open(directory, commands);

        assertThat(send("{\"command\":\"grant-list\"}")).isPresent();
    }

    @Test
    void refusesASecondGatewayOnTheSameDirectory() {
        assertThatThrownBy(() -> ControlServer.open(directory, commands))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Another Vestibule runs on this data directory");
    }

    @Test
    void refusesAPathThatIsTooLongForASocket() {
        Path deep = directory.resolve("d".repeat(100));

        assertThatThrownBy(() -> ControlServer.open(deep, commands))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("Choose a shorter 'data-directory'.");
    }

    @Test
    void leavesNoSocketBehind() {
        server.close();

        assertThat(server.socket()).doesNotExist();
    }
}
