package dev.vestibule.local;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Linking;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the password form is there for a visitor. Where it is not, its addresses are not there
/// either (attack E9: a form that is hidden and works). Safe to share between threads.
public final class LocalDoor {

    private final LoginHomes homes;
    private final NetworkConfig network;
    private final Openings openings;

    public LocalDoor(
            InstantSource time, Database database, LoginHomes homes, NetworkConfig network) {
        this.homes = homes;
        this.network = network;
        this.openings = new Openings(time, database);
    }

    Openings openings() {
        return openings;
    }

    /// Whether signed-in people may prove a login to keep its user.
    boolean isLinkingOffered(Visitor visitor) {
        return isLinkingOffered(visitor.home());
    }

    boolean isLinkingOffered(HomeId home) {
        return homes.get(home).config().signIn().linking() == Linking.OFFER;
    }

    /// For whom the form of a home is there.
    enum Opening {
        /// The configuration has switched it off.
        OFF,
        /// The console has not opened it.
        CLOSED,
        AT_HOME,
        EVERYWHERE
    }

    Opening at(HomeId home) {
        return at(home, () -> openings.until(home));
    }

    private Opening at(HomeId home, Supplier<Optional<Instant>> opened) {
        return switch (homes.get(home).config().signIn().localLogin()) {
            case OFF -> Opening.OFF;
            case ON -> Opening.EVERYWHERE;
            case BREAK_GLASS -> opened.get().isPresent() ? Opening.AT_HOME : Opening.CLOSED;
        };
    }

    boolean isOpen(Visitor visitor) {
        return isFor(visitor, at(visitor.home()));
    }

    /// As [#isOpen(Visitor)], inside the caller's transaction.
    public boolean isOpen(Handle tx, Visitor visitor) {
        return isFor(visitor, at(visitor.home(), () -> openings.until(tx, visitor.home())));
    }

    private boolean isFor(Visitor visitor, Opening opening) {
        return switch (opening) {
            case OFF, CLOSED -> false;
            case AT_HOME -> network.isLan(visitor.client());
            case EVERYWHERE -> true;
        };
    }
}
