package dev.vestibule.profile;

import dev.vestibule.admission.Paths;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

import java.util.Locale;

/// Every place of the profile, in the order of its menu.
public enum ProfilePlace {
    ME(Paths.PROFILE),
    BROWSERS(Paths.PROFILE + "/browsers"),
    APPS(Paths.PROFILE + "/apps");

    private final String path;

    ProfilePlace(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /// Whether it is there for sessions that are nobody's own.
    boolean isForReading() {
        return this == ME;
    }

    Text label() {
        return Messages.text("profile." + name().toLowerCase(Locale.ROOT));
    }
}
