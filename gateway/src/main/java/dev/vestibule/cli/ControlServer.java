package dev.vestibule.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// Listens on a Unix socket for commands of an operator on this machine. Only the gateway's own
/// user and root may open it: the socket (0600) lies in a directory (0700) that exists before it,
/// so that there is no moment in which others could connect.
///
/// One line is read, one line is answered, and the connection ends. At most [#AT_ONCE_MAX] commands
/// are carried out at once; further ones wait in the socket's queue. Whoever opened it closes it.
final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final Set<PosixFilePermission> OWNER_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final int AT_ONCE_MAX = 8;
    private static final Duration LINE_LIMIT = Duration.ofSeconds(5);
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(200);

    private final Path socket;
    private final ServerSocketChannel channel;
    private final ControlDesk desk;
    private final Semaphore turns = new Semaphore(AT_ONCE_MAX);

    private ControlServer(Path socket, ServerSocketChannel channel, ControlDesk desk) {
        this.socket = socket;
        this.channel = channel;
        this.desk = desk;
    }

    /// @throws CommandFailed where the socket cannot be opened, or another gateway has it
    static ControlServer open(Path dataDirectory, ControlCommands commands) {
        Path socket = ControlSocket.in(dataDirectory);
        try {
            prepare(socket);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(socket), AT_ONCE_MAX);
            Files.setPosixFilePermissions(socket, OWNER_FILE);
            ControlServer server = new ControlServer(socket, channel, new ControlDesk(commands));
            Thread.ofVirtual().name("control").start(server::accept);
            return server;
        } catch (IOException problem) {
            throw new CommandFailed(
                    "The control socket "
                            + socket
                            + " cannot be opened: "
                            + problem.getMessage()
                            + ". Check who owns the directory.");
        }
    }

    private static void prepare(Path socket) throws IOException {
        Path directory = socket.resolveSibling("");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
        // It may be older than this rule, or come from a backup.
        Files.setPosixFilePermissions(directory, OWNER_DIRECTORY);
        if (isAnswered(socket)) {
            throw new CommandFailed(
                    "Another Vestibule runs on this data directory: it answers at "
                            + socket
                            + ". Stop it first.");
        }
        Files.deleteIfExists(socket);
    }

    /// A socket that nobody listens on is left over from a gateway that was killed.
    static boolean isAnswered(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    Path socket() {
        return socket;
    }

    private void accept() {
        try {
            while (channel.isOpen()) {
                turns.acquire();
                acceptOne();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Attack: whoever opens so many connections to the gateway that it has no file descriptor left
    /// must not keep the operator from shutting them out afterwards.
    private void acceptOne() throws InterruptedException {
        try {
            SocketChannel client = channel.accept();
            Thread.ofVirtual().name("control-command").start(() -> serve(client));
        } catch (ClosedChannelException closed) {
            turns.release();
            LOG.debug("event=control-closed");
        } catch (IOException problem) {
            turns.release();
            LOG.error("event=control-failed reason=\"{}\"", problem.getMessage());
            Thread.sleep(ACCEPT_PAUSE);
        }
    }

    private void serve(SocketChannel client) {
        try (LineChannel line = new LineChannel(client)) {
            Optional<String> request = line.read(ControlProtocol.REQUEST_BYTES_MAX, LINE_LIMIT);
            ControlAnswer answer =
                    request.flatMap(ControlProtocol::readRequest)
                            .map(desk::answer)
                            .orElseGet(
                                    () ->
                                            new ControlAnswer.Refused(
                                                    "The gateway does not understand this command."
                                                            + " Use the vestibule of the same"
                                                            + " release."));
            if (!line.write(ControlProtocol.write(answer), LINE_LIMIT)) {
                LOG.warn("event=control-unread");
            }
        } catch (IOException gone) {
            LOG.debug("event=control-gone reason=\"{}\"", gone.getMessage());
        } finally {
            turns.release();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(socket);
        } catch (IOException problem) {
            LOG.warn("event=control-close-failed reason=\"{}\"", problem.getMessage());
        }
    }
}
