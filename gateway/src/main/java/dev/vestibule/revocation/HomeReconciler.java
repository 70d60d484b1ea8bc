package dev.vestibule.revocation;

import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Sees to it that what somebody changes in Home Assistant's own pages is noticed: compares when
/// Home Assistant says that a user changed, at each new connection, and every few minutes, since an
/// event may be lost. A loop of its own; [#start()] once, [#close()] once.
public final class HomeReconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HomeReconciler.class);

    /// How often is compared.
    ///
    /// @param least the shortest time without any news
    /// @param jitter what is added to it at most, so that homes that start together do not go on
    ///   together
    /// @param pause the shortest time between two comparisons: every sign-in may change a user, and
    ///   all that do in a second are seen by one
    /// @param again the time after which one that could not be finished is begun again
    record Rhythm(Duration least, Duration jitter, Duration pause, Duration again) {
        static final Rhythm USUAL =
                new Rhythm(
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3));
    }

    private final HomeId home;
    private final Secrets secrets;
    private final Rhythm rhythm;
    private final HomeAssistant homeAssistant;
    private final HomeComparison comparison;
    private final Semaphore news = new Semaphore(0);
    private final AtomicBoolean isNewConnection = new AtomicBoolean();
    private final Thread thread;

    /// What is known of the people of all homes.
    public record People(
            Database database,
            AccountStore accounts,
            HomeUserStore homeUsers,
            Outbox outbox,
            AccountLifecycle lifecycle,
            AuditLog audit) {}

    public HomeReconciler(
            Secrets secrets,
            HomeId home,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            People people) {
        this(secrets, home, homeAssistant, signIn, people, Rhythm.USUAL);
    }

    HomeReconciler(
            Secrets secrets,
            HomeId home,
            HomeAssistant homeAssistant,
            HomeSignIn signIn,
            People people,
            Rhythm rhythm) {
        this.home = home;
        this.rhythm = rhythm;
        this.secrets = secrets;
        this.homeAssistant = homeAssistant;
        this.comparison = new HomeComparison(home, homeAssistant, signIn, people);
        this.thread = Thread.ofVirtual().name("reconciler-" + home).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Something about the users of Home Assistant may be other than it was. Never waits.
    ///
    /// @param afterConnecting whether that is because a connection has just begun
    public void somethingChanged(boolean afterConnecting) {
        if (afterConnecting) {
            isNewConnection.set(true);
        }
        news.release();
    }

    private void run() {
        Duration wait = period();
        try {
            while (true) {
                boolean isAsked = news.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
                LOG.debug("event=comparison home={} asked={}", home, isAsked);
                news.drainPermits();
                wait = compare() ? period() : rhythm.again();
                Thread.sleep(rhythm.pause());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration period() {
        int share = secrets.randomBytes(1)[0] & 0xFF;
        return rhythm.least().plus(rhythm.jitter().multipliedBy(share).dividedBy(255));
    }

    /// Nothing is done while Home Assistant is away: each connection begins with a comparison.
    ///
    /// @return false where it should be tried again soon
    boolean compare() {
        if (!(homeAssistant.status() instanceof HomeAssistantStatus.Connected)) {
            return true;
        }
        boolean afterConnecting = isNewConnection.getAndSet(false);
        try {
            if (comparison.compare(afterConnecting)) {
                return true;
            }
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            LOG.warn("event=comparison-waits home={} reason=\"{}\"", home, away.getMessage());
        } catch (RuntimeException bug) {
            // The loop goes on: if it ended, nothing that is changed there would be seen any more.
            LOG.error("event=comparison-waits home={} reason=bug", home, bug);
        }
        if (afterConnecting) {
            isNewConnection.set(true);
        }
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
