package dev.vestibule.profile;

import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What was done just now, as the page that is shown then says it.
enum ProfileNotice {
    BROWSER_ENDED,
    APP_ENDED;

    /// The address of the page that says so.
    String at(ProfilePlace place) {
        return place.path() + "?done=" + key();
    }

    /// Attack: a link that makes the page say something of its writer's.
    static Optional<ProfileNotice> of(String said) {
        return Arrays.stream(values()).filter(notice -> notice.key().equals(said)).findFirst();
    }

    Text text() {
        return Messages.text("profile.done." + key());
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
