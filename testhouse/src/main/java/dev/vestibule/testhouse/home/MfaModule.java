package dev.vestibule.testhouse.home;

import java.util.Arrays;
import java.util.Optional;

/// A kind of second factor. Both take codes of six digits that follow the clock; the original's
/// notifications count instead.
public enum MfaModule {
    TOTP("totp", "Authenticator app"),
    NOTIFY("notify", "Notify One-Time Password");

    private final String id;
    private final String title;

    MfaModule(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    static Optional<MfaModule> byId(String id) {
        return Arrays.stream(values()).filter(module -> module.id.equals(id)).findFirst();
    }
}
