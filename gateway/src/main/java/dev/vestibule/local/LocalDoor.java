package dev.vestibule.local;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Linking;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.visit.Visitor;

/// Whether the password form is there for a visitor. Where it is not, its addresses are not there
/// either (attack E9: a form that is hidden and works). Safe to share between threads.
record LocalDoor(LoginHomes homes, NetworkConfig network, Openings openings) {

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
        return switch (homes.get(home).config().signIn().localLogin()) {
            case OFF -> Opening.OFF;
            case ON -> Opening.EVERYWHERE;
            case BREAK_GLASS -> openings.until(home).isPresent() ? Opening.AT_HOME : Opening.CLOSED;
        };
    }

    boolean isOpen(Visitor visitor) {
        return switch (at(visitor.home())) {
            case OFF, CLOSED -> false;
            case AT_HOME -> network.isLan(visitor.client());
            case EVERYWHERE -> true;
        };
    }
}
