package dev.vestibule.leave;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.provisioning.HomeStore;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.function.Predicate;

/// How far the leaving of a home has come, as the database has it: it begins, it is finished, it is
/// taken back. What is forgotten at each of these is forgotten in the same transaction. Safe to
/// share between threads.
final class Marks {

    private final HomeId home;
    private final Database database;
    private final HomeStore homes;
    private final HomeUserStore homeUsers;
    private final NewLogins logins;
    private final AuditLog audit;

    Marks(
            HomeId home,
            Database database,
            HomeStore homes,
            HomeUserStore homeUsers,
            NewLogins logins,
            AuditLog audit) {
        this.home = home;
        this.database = database;
        this.homes = homes;
        this.homeUsers = homeUsers;
        this.logins = logins;
        this.audit = audit;
    }

    HomeState state() {
        return homes.stateOf(home);
    }

    /// Notes that the home is being left, where that is news.
    ///
    /// @param shutDoor called once it is written down, whether it is news or not: a door that no
    ///   restart would shut is shut by nobody
    /// @return since when
    Instant begin(Runnable shutDoor) {
        var _ = database.inTransaction(this::begin, _ -> shutDoor.run());
        return switch (state()) {
            case HomeState.Leaving(var since) -> since;
            case HomeState.Left(var since, _) -> since;
            case HomeState.Served _ ->
                    throw new HomeAssistantUnavailable("somebody came back meanwhile");
        };
    }

    private boolean begin(Handle tx) {
        boolean begins = homes.beginLeaving(tx, home);
        if (begins) {
            logins.forgetAll(tx, home);
            audit.append(tx, new AuditEvent.HomeLeaving(home.value()), HouseLeaving.CONSOLE);
        }
        return begins;
    }

    /// Notes that the home is left.
    ///
    /// @param isDone whether nothing is left to do, looked at in the same transaction
    /// @return false where something is
    boolean finish(Predicate<Handle> isDone) {
        return database.inTransaction(tx -> finish(tx, isDone));
    }

    private boolean finish(Handle tx, Predicate<Handle> isDone) {
        boolean isLeft = isDone.test(tx) && homes.finishLeaving(tx, home);
        if (isLeft) {
            logins.forgetAll(tx, home);
            homeUsers.forgetGroupsBefore(tx, home);
            audit.append(tx, new AuditEvent.HomeLeft(home.value()), HouseLeaving.CONSOLE);
        }
        return isLeft;
    }

    /// Notes that the home is to be served again.
    ///
    /// @return false where it was never left
    boolean takeBack() {
        return database.inTransaction(this::takeBack);
    }

    private boolean takeBack(Handle tx) {
        boolean isBack = homes.comeBack(tx, home);
        if (isBack) {
            logins.forgetAll(tx, home);
            audit.append(tx, new AuditEvent.HomeReturned(home.value()), HouseLeaving.CONSOLE);
        }
        return isBack;
    }
}
