package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Ends what browsers and programs were given by the gateway at a home, and waits until Home
/// Assistant has heard of it. Safe to share between threads.
final class Endings {

    private static final Cause CAUSE =
            new Cause(HouseLeaving.CONSOLE, EndReason.HOUSE_LEFT, HouseLeaving.CONSOLE);
    private static final Duration TELLING_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final HomeId home;
    private final Database database;
    private final AccountStore accounts;
    private final Held held;
    private final Outbox outbox;
    private final Runnable endNameless;

    /// What people and programs hold, and how it ends.
    record Held(SessionService sessions, GrantService grants, SessionLifecycle lifecycle) {}

    /// @param endNameless see [HouseLeaving.Ways]
    Endings(
            HomeId home,
            Database database,
            AccountStore accounts,
            Held held,
            Outbox outbox,
            Runnable endNameless) {
        this.home = home;
        this.database = database;
        this.accounts = accounts;
        this.held = held;
        this.outbox = outbox;
        this.endNameless = endNameless;
    }

    /// Ends everything that is the gateway's own, and cuts what else is open. May be called again.
    void run() {
        for (Account account : accounts.list()) {
            var _ =
                    database.inTransaction(
                            tx -> held.lifecycle().endSessionsOf(tx, account.id(), home, CAUSE),
                            Ended::cut);
        }
        endNameless.run();
        List<GrantSummary> grants = grants();
        grants.stream()
                .filter(Endings::isOurs)
                .forEach(grant -> held.lifecycle().endGrant(grant.id(), CAUSE));
        held.grants()
                .revocation()
                .interrupt(
                        grants.stream()
                                .filter(grant -> !isOurs(grant))
                                .map(GrantSummary::id)
                                .toList(),
                        // Their tokens live on: a client that heard of an end would drop its own.
                        Cut.INTERRUPTED);
    }

    /// What programs have at this home, as far as the gateway knows.
    List<GrantSummary> grants() {
        return held.grants().list().stream().filter(this::isHere).toList();
    }

    private boolean isHere(GrantSummary grant) {
        return grant.home().equals(home);
    }

    /// Whether the client holds a token of the gateway's, which is worth nothing without it.
    static boolean isOurs(GrantSummary grant) {
        return switch (grant.kind()) {
            case CLIENT -> true;
            // The client has Home Assistant's own token, which lives on.
            case ADOPTED, LONG_LIVED, SERVICE -> false;
        };
    }

    /// Waits until Home Assistant was told everything about access and tokens.
    ///
    /// @return why it was not; empty where it was
    Optional<String> awaitTold() {
        long end = System.nanoTime() + TELLING_MAX.toNanos();
        while (untold() > 0) {
            if (System.nanoTime() - end > 0) {
                return Optional.of(stillUntold());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Optional.empty();
    }

    private int untold() {
        return database.read(handle -> outbox.countAboutAccess(handle, home));
    }

    private String stillUntold() {
        return untold()
                + " things about tokens and access are still to be told to Home Assistant; see"
                + " 'vestibule account list'";
    }

    /// Whether nothing of the gateway's lives, and nothing is left to be told.
    boolean isDone(Handle tx) {
        return outbox.countAboutAccess(tx, home) == 0
                && !held.sessions().hasAny(tx, home)
                && held.grants().list(tx).stream().filter(this::isHere).noneMatch(Endings::isOurs);
    }
}
