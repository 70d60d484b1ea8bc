package dev.vestibule.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What an operator says to the running gateway, as the commands of `vestibule` do, without
/// starting a process for it: that takes longer than what is measured.
final class ControlSocket {

    private static final int ANSWER_BYTES_MAX = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path socket;

    /// @param directory of the gateway's configuration, beside which it keeps its data
    ControlSocket(Path directory) {
        this.socket = directory.resolve("data/control/vestibule.sock");
    }

    static ObjectNode command(String name) {
        return JSON.createObjectNode().put("command", name);
    }

    /// @throws BenchmarkFailed where the gateway cannot be asked
    JsonNode ask(ObjectNode request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var _ = channel.connect(UnixDomainSocketAddress.of(socket));
            var _ = channel.write(StandardCharsets.UTF_8.encode(request + "\n"));
            ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                if (answer.get(answer.position() - 1) == '\n') {
                    break;
                }
            }
            return JSON.readTree(StandardCharsets.UTF_8.decode(answer.flip()).toString());
        } catch (IOException problem) {
            throw new BenchmarkFailed("the gateway could not be told " + request, problem);
        }
    }
}
