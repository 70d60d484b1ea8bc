package dev.vestibule.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Where the control socket of a data directory lies.
final class ControlSocket {

    /// What Linux has room for, less the zero at the end (`unix(7)`).
    private static final int PATH_BYTES_MAX = 107;

    private ControlSocket() {}

    /// @throws CommandFailed where the path is too long for a socket
    static Path in(Path dataDirectory) {
        Path socket = dataDirectory.resolve("control").resolve("vestibule.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw new CommandFailed(
                    "The path of the control socket is longer than "
                            + PATH_BYTES_MAX
                            + " bytes: "
                            + socket
                            + ". Choose a shorter 'data-directory'.");
        }
        return socket;
    }
}
