package dev.vestibule.cli;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Asks a running gateway by its control socket.
final class ControlClient {

    private static final Duration SEND_LIMIT = Duration.ofSeconds(5);

    /// Attaching a user waits for Home Assistant more than once.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /// Leaving asks Home Assistant several things about each person.
    private static final Duration LEAVING_LIMIT = Duration.ofMinutes(30);

    private final Path socket;

    ControlClient(Path dataDirectory) {
        this.socket = ControlSocket.in(dataDirectory);
    }

    /// @throws CommandFailed where no gateway answers
    ControlAnswer ask(ControlRequest request) {
        try (LineChannel line = connect()) {
            boolean isSent = line.write(ControlProtocol.write(request), SEND_LIMIT);
            return (isSent
                            ? line.read(ControlProtocol.ANSWER_BYTES_MAX, limit(request))
                            : Optional.<String>empty())
                    .flatMap(ControlProtocol::readAnswer)
                    .orElseThrow(
                            () ->
                                    new CommandFailed(
                                            "The gateway gave no answer. Whether the command was"
                                                    + " carried out is not known: see its log."));
        } catch (IOException problem) {
            throw new CommandFailed(
                    "The connection to the gateway broke: " + problem.getMessage() + ".");
        }
    }

    private static Duration limit(ControlRequest request) {
        return request instanceof ControlRequest.OfLeaving ? LEAVING_LIMIT : ANSWER_LIMIT;
    }

    private LineChannel connect() throws IOException {
        try {
            return new LineChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException nobody) {
            throw notRunning();
        }
    }

    private CommandFailed notRunning() {
        return new CommandFailed(
                "No gateway answers at "
                        + socket
                        + ". Start it with 'vestibule serve', and run this command as the same user"
                        + " with the same configuration.");
    }
}
