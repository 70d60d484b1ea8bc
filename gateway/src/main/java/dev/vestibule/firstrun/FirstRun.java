package dev.vestibule.firstrun;

import dev.vestibule.config.Defaults;
import dev.vestibule.config.ListenAddress;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.setup.SetupFiles;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The page of a first run, from the code on the console to the files of a configuration. Whoever
/// opened it waits for its end and closes it.
public final class FirstRun implements AutoCloseable {

    /// Where it listens unless the operator says otherwise: the port that a proxy in front of the
    /// gateway passes on to, on this machine alone, because Home Assistant's password is typed into
    /// a page of plain http.
    public static final ListenAddress LISTEN =
            new ListenAddress("127.0.0.1", Defaults.LISTEN.port());

    /// So long it waits for an answer.
    public static final Duration IDLE_MAX = Duration.ofHours(1);

    private static final int LOOK_SECONDS = 1;

    private final BlockingQueue<FirstRunResult> ended;
    private final IdleDeadline deadline;
    private final Wizard wizard;
    private final FirstRunPort port;

    private FirstRun(
            BlockingQueue<FirstRunResult> ended,
            IdleDeadline deadline,
            Wizard wizard,
            FirstRunPort port) {
        this.ended = ended;
        this.deadline = deadline;
        this.wizard = wizard;
        this.port = port;
    }

    /// What a first run is to do.
    ///
    /// @param files where what was answered is written
    /// @param then what happens once they are written
    public record Order(ListenAddress listen, SetupFiles files, Afterwards then) {}

    /// What the last page promises.
    public enum Afterwards {
        /// The same process goes on as a gateway.
        SERVES,
        /// The process ends.
        ENDS
    }

    /// Opens the port, and tells the console where to go and by which code.
    ///
    /// @param console takes line by line what whoever started the process must read
    /// @throws FirstRunUnavailable where the port cannot be had
    public static FirstRun open(
            InstantSource time, Secrets secrets, Order order, Consumer<String> console) {
        BlockingQueue<FirstRunResult> ended = new ArrayBlockingQueue<>(1);
        IdleDeadline deadline = new IdleDeadline(time, IDLE_MAX);
        OneTimeCode code = new OneTimeCode(secrets, shown -> show(shown, console));
        Wizard wizard = new Wizard(time, secrets, order, () -> end(ended, written()));
        FirstRunDoor door =
                new FirstRunDoor(
                        secrets,
                        code,
                        deadline,
                        wizard,
                        () -> end(ended, new FirstRunResult.Guessed()));
        FirstRunPort port = FirstRunPort.open(order.listen(), door);
        OpenAt.lines(order.listen(), port.number()).forEach(console);
        code.open();
        return new FirstRun(ended, deadline, wizard, port);
    }

    private static FirstRunResult written() {
        return new FirstRunResult.Written();
    }

    private static void end(BlockingQueue<FirstRunResult> ended, FirstRunResult how) {
        var _ = ended.offer(how);
    }

    private static void show(ShortCode code, Consumer<String> console) {
        console.accept("The code for the page: " + code.grouped());
    }

    /// The port that was opened.
    public int port() {
        return port.number();
    }

    /// Waits for the end.
    public FirstRunResult await() {
        try {
            while (!deadline.isOver()) {
                FirstRunResult how = ended.poll(LOOK_SECONDS, TimeUnit.SECONDS);
                if (how != null) {
                    return how;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new FirstRunResult.Stopped();
        }
        return new FirstRunResult.Idle();
    }

    @Override
    public void close() {
        port.close();
        wizard.close();
    }
}
