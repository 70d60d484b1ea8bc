package dev.vestibule.management;

import dev.vestibule.config.HomeId;
import dev.vestibule.outbox.OutboxStanding;
import dev.vestibule.store.DatabaseUnavailable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Asks the database what waits in the outbox, which tells too whether it answers. Safe to share
/// between threads.
///
/// However many ask at once, one question is open, so that a database in trouble is left alone; and
/// nobody waits for it longer than [#WAIT_MAX], because whoever watches does not either.
final class DatabaseProbe {

    static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);

    private final Supplier<Map<HomeId, OutboxStanding>> question;
    private final Duration waitMax;
    private @Nullable FutureTask<Map<HomeId, OutboxStanding>> open;

    /// @param question may wait, and throws [DatabaseUnavailable]
    DatabaseProbe(Supplier<Map<HomeId, OutboxStanding>> question, Duration waitMax) {
        this.question = question;
        this.waitMax = waitMax;
    }

    /// Empty where the database does not answer in time.
    Optional<Map<HomeId, OutboxStanding>> ask() {
        try {
            return Optional.of(underWay().get(waitMax.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof DatabaseUnavailable)) {
                LOG.error("event=database-probe-failed", failed);
            }
            return Optional.empty();
        }
    }

    private synchronized FutureTask<Map<HomeId, OutboxStanding>> underWay() {
        FutureTask<Map<HomeId, OutboxStanding>> current = open;
        if (current == null || current.isDone()) {
            current = new FutureTask<>(question::get);
            open = current;
            Thread.ofVirtual().name("database-probe").start(current);
        }
        return current;
    }
}
