package dev.vestibule.console;

import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What was done just now, as the page that is shown then says it.
enum ConsoleNotice {
    SUSPENDED,
    RESTORED,
    SIGNED_OUT,
    REMOVED,
    ATTACHED,
    SESSION_ENDED,
    GRANT_APPROVED,
    GRANT_ENDED,
    CONSENT_TAKEN_BACK,
    CONNECTION_CUT,
    KIOSK_KEY_REMOVED,
    WEBHOOK_CLOSED,
    TOKEN_ENDED,
    SYSTEM_REMOVED,
    PROVIDER_ASKED,
    DEPARTURES_ALLOWED,
    DEPARTURES_DISMISSED;

    /// The address of the page that says so.
    String at(String path) {
        return at(LocalAddress.of(path));
    }

    /// As [#at(String)], of a page that has a query of its own.
    String at(LocalAddress page) {
        return page.with("done", key()).toString();
    }

    /// Attack: a link that makes the console say something of its writer's.
    static Optional<ConsoleNotice> of(String said) {
        return Arrays.stream(values()).filter(notice -> notice.key().equals(said)).findFirst();
    }

    Text text() {
        return Messages.text("console.done." + key());
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
