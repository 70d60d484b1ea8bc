package dev.vestibule.login;

import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/// Removes what ran out, once in a minute. Nothing depends on it but the size of the database:
/// everything is looked at with its deadline. [#start()] once, [#close()] once.
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final List<IntSupplier> sweeps;
    private final Thread thread;

    /// @param sweeps each removes what ran out of one table, and says how many rows that were
    Sweeper(List<IntSupplier> sweeps) {
        this.sweeps = List.copyOf(sweeps);
        this.thread = Thread.ofVirtual().name("sweeper").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                sweep();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Each on its own, so that one that fails keeps no other from being swept, and the loop goes
    /// on.
    void sweep() {
        for (IntSupplier sweep : sweeps) {
            attempt(() -> LOG.debug("event=swept rows={}", sweep.getAsInt()));
        }
    }

    private static void attempt(Runnable sweep) {
        try {
            sweep.run();
        } catch (DatabaseUnavailable away) {
            LOG.warn("event=sweep-failed reason=\"{}\"", away.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("event=sweep-failed", bug);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
