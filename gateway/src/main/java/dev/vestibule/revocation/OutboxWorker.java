package dev.vestibule.revocation;

import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/// Brings one Home Assistant into agreement: takes what is due from the outbox, tells it, and keeps
/// what did not work for later. A loop of its own; [#start()] once, [#close()] once.
public final class OutboxWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxWorker.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int BATCH = 50;

    private final HomeId home;
    private final Outbox outbox;
    private final HomeAssistantTokens tokens;
    private final Thread thread;

    public OutboxWorker(HomeId home, Outbox outbox, HomeAssistantTokens tokens) {
        this.home = home;
        this.outbox = outbox;
        this.tokens = tokens;
        this.thread = Thread.ofVirtual().name("outbox-" + home).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                deliverDue();
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Delivers what is due now. The first failure ends the round: what waits for a Home Assistant
    /// that is away need not be tried one by one.
    void deliverDue() {
        try {
            for (OutboxItem item : outbox.due(home, BATCH)) {
                if (!deliver(item)) {
                    return;
                }
            }
        } catch (DatabaseUnavailable away) {
            LOG.warn("event=outbox-waits home={} reason=database", home, away);
        } catch (RuntimeException bug) {
            // The loop goes on: if it ended, nobody's access would end at Home Assistant any more.
            LOG.error("event=outbox-waits home={} reason=bug", home, bug);
        }
    }

    private boolean deliver(OutboxItem item) {
        try {
            tokens.revoke(item.refreshToken());
            outbox.done(item);
            return true;
        } catch (HomeAssistantUnavailable away) {
            LOG.warn(
                    "event=outbox-waits home={} attempts={} reason={}",
                    home,
                    item.attempts() + 1,
                    away.getMessage());
            outbox.failed(item);
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
