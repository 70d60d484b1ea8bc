package dev.vestibule.console;

import dev.vestibule.admission.Paths;
import dev.vestibule.http.Messages;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Request;
import dev.vestibule.http.Text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Every place of the console, in the order of its menu.
public enum ConsolePlace {
    PEOPLE(Reach.OWN_HOMES),
    SESSIONS(Reach.OWN_HOMES),
    GRANTS(Reach.OWN_HOMES),
    CLIENTS(Reach.OWN_HOMES),
    CONNECTIONS(Reach.OWN_HOMES),
    KIOSKS(Reach.OWN_HOMES),
    WEBHOOKS(Reach.OWN_HOMES),
    PROVIDERS(Reach.OWN_HOMES),
    GROUPS(Reach.OWN_HOMES),
    IDENTITY_SYSTEMS(Reach.EVERY_HOME),
    OUTBOX(Reach.EVERY_HOME),
    AUDIT(Reach.EVERY_HOME),
    CONFIGURATION(Reach.EVERY_HOME);

    private static final String ROOT = Paths.CONSOLE + "/";

    /// Segments of the path of a place.
    private static final int DEPTH = 4;

    /// Of which homes one has to be an administrator.
    enum Reach {
        /// Of any: the place shows and changes what belongs to one's own homes.
        OWN_HOMES,
        /// Of every home of the gateway, at the address of the first one: what is there belongs to
        /// all of them.
        EVERY_HOME
    }

    private final Reach reach;

    ConsolePlace(Reach reach) {
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    /// Whether its page looks for news by itself while it is open.
    boolean hasNews() {
        return this == CONNECTIONS;
    }

    /// Such as `/auth/vestibule/console/people`.
    public String path() {
        return ROOT + key();
    }

    /// What lies below it, such as `/auth/vestibule/console/people/ID`.
    String path(String child) {
        return path() + "/" + PercentCoding.encode(child);
    }

    /// Which of the things below this place a request is about; empty for the place itself.
    Optional<String> childOf(Request request) {
        List<String> segments = request.target().segments();
        return segments.size() > DEPTH ? Optional.of(segments.get(DEPTH)) : Optional.empty();
    }

    Text label() {
        return Messages.text("console." + key());
    }

    /// As paths and texts call it.
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
