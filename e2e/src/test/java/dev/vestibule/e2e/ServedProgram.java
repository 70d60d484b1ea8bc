package dev.vestibule.e2e;

import dev.vestibule.Main;
import dev.vestibule.cli.Cli;
import dev.vestibule.cli.StopSignal;
import dev.vestibule.cli.Surroundings;
import dev.vestibule.cli.Terminal;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A command of the program in this process, with its console caught, until it is told to stop.
final class ServedProgram implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final StringWriter console = new StringWriter();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread running;

    ServedProgram(String... arguments) {
        Surroundings surroundings =
                new Surroundings(
                        InstantSource.system(),
                        new Secrets(),
                        Map.of(),
                        terminal(),
                        signal(),
                        Main.surroundings().starter());
        this.running =
                Thread.ofPlatform()
                        .name("program")
                        .start(() -> Cli.commandLine(surroundings).execute(arguments));
    }

    private Terminal terminal() {
        PrintWriter writer = new PrintWriter(console, true);
        return new Terminal() {
            @Override
            public PrintWriter out() {
                return writer;
            }

            @Override
            public PrintWriter err() {
                return writer;
            }

            @Override
            public boolean isInteractive() {
                return false;
            }

            @Override
            public Optional<String> readLine(String prompt) {
                return Optional.empty();
            }

            @Override
            public Optional<Secret> readSecret(String prompt) {
                return Optional.empty();
            }
        };
    }

    private StopSignal signal() {
        return new StopSignal() {
            @Override
            public void await() {
                await(WAIT_MAX.multipliedBy(20));
            }

            @Override
            public void await(Duration limit) {
                try {
                    var _ = stop.await(limit.toSeconds(), TimeUnit.SECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void stopped() {}
        };
    }

    String printed() {
        return console.toString();
    }

    /// Waits until the console shows something, and gives what matched last.
    String awaitPrinted(Pattern wanted) {
        Patience.until(
                () -> wanted.matcher(printed()).find(),
                PAUSE,
                WAIT_MAX,
                () -> "no " + wanted + " in " + printed());
        return wanted.matcher(printed())
                .results()
                .map(MatchResult::group)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @Override
    public void close() {
        stop.countDown();
        if (!printed().contains(" listens on ")) {
            // It waits for a first run, which a process would simply end.
            running.interrupt();
        }
        try {
            running.join(WAIT_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
