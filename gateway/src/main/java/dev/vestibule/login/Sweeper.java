package dev.vestibule.login;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.PendingMfaStore;
import dev.vestibule.admission.PendingMfaStore.Unanswered;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
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

    private final LoginHomes homes;
    private final PendingMfaStore questions;
    private final List<IntSupplier> sweeps;
    private final Thread thread;

    /// @param sweeps each removes what ran out of one table, and says how many rows that were
    Sweeper(LoginHomes homes, PendingMfaStore questions, List<IntSupplier> sweeps) {
        this.homes = homes;
        this.questions = questions;
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
        attempt(() -> questions.sweep().forEach(this::abandon));
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

    /// Home Assistant keeps a flow until it is finished or restarts.
    private void abandon(Unanswered question) {
        try {
            homes.get(question.home()).homeAssistant().loginFlows().abandon(question.step());
        } catch (HomeAssistantUnavailable away) {
            LOG.debug("event=flow-left home={} reason=\"{}\"", question.home(), away.reason());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
