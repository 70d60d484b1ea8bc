package dev.vestibule.local;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.visit.Visitor;

/// Whether the password form is there for a visitor. Where it is not, its addresses are not there
/// either (attack E9: a form that is hidden and works). Safe to share between threads.
record LocalDoor(LoginHomes homes, NetworkConfig network, Openings openings) {

    /// Whether signed-in people may prove a login to keep its user.
    boolean isLinkingOffered(Visitor visitor) {
        return homes.get(visitor.home()).config().signIn().linking() == Linking.OFFER;
    }

    boolean isOpen(Visitor visitor) {
        LocalLogin setting = homes.get(visitor.home()).config().signIn().localLogin();
        return switch (setting) {
            case OFF -> false;
            case ON -> true;
            case BREAK_GLASS ->
                    network.isLan(visitor.client()) && openings.until(visitor.home()).isPresent();
        };
    }
}
