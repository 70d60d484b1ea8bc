package dev.vestibule.testhouse.home;

import java.util.HashSet;
import java.util.Set;

/// The one add-on of the house, and the sessions in which browsers may see it. Lives on the event
/// loop.
final class AddOns {

    private final String ingressToken = Ids.hex(24);
    private final Set<String> sessions = new HashSet<>();

    /// The part of the address that names the add-on.
    String ingressToken() {
        return ingressToken;
    }

    String newSession() {
        String session = Ids.hex(64);
        sessions.add(session);
        return session;
    }

    boolean knows(String session) {
        return sessions.contains(session);
    }
}
