package dev.vestibule.benchmarks;

import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorFailed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The gateway as a user starts it: `./vestibule serve` with a configuration file.
///
/// @param program with the launcher's heap and flags
/// @param firstAnswer from the start of the command to the first page that it gave
record GatewayProgram(Program program, Duration firstAnswer) implements AutoCloseable {

    private static final Duration FIRST_ANSWER_MAX = Duration.ofSeconds(60);
    private static final Duration ASKED_EVERY = Duration.ofMillis(5);

    /// Starts it and waits until it gives a stranger the front page.
    ///
    /// @param repository the root of the checkout
    /// @param config its file, beside which it keeps its data
    static GatewayProgram start(Path repository, Path config, URI address) {
        long begun = System.nanoTime();
        Program program =
                Program.start(
                        "gateway",
                        config.resolveSibling(""),
                        List.of(
                                repository.resolve("vestibule").toString(),
                                "serve",
                                "--config",
                                config.toString()));
        try (VisitorBrowser browser = new VisitorBrowser()) {
            while (!isAnswering(browser, address)) {
                program.mustRun();
                if (System.nanoTime() - begun > FIRST_ANSWER_MAX.toNanos()) {
                    throw new BenchmarkFailed(
                            "the gateway gives no page. It printed:\n" + program.printed());
                }
                Thread.sleep(ASKED_EVERY);
            }
            return new GatewayProgram(program, Duration.ofNanos(System.nanoTime() - begun));
        } catch (InterruptedException interrupted) {
            program.close();
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        } catch (BenchmarkFailed failed) {
            program.close();
            throw failed;
        }
    }

    private static boolean isAnswering(VisitorBrowser browser, URI address) {
        try {
            return browser.get(address.resolve("/")).status() == 200;
        } catch (VisitorFailed notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
