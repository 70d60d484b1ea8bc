package dev.vestibule.admission;

import dev.vestibule.homeassistant.LoginAbort;
import dev.vestibule.homeassistant.LoginRefusal;

/// Why Home Assistant lets a person in no further whom the gateway has let in.
public enum HomeRefusal {
    /// Somebody deactivated the user there.
    INACTIVE,
    /// The user may come from the home's own network only.
    LOCAL_ONLY,
    /// The user whom an administrator attached is no more.
    USER_GONE,
    /// Too many wrong codes.
    TOO_MANY_TRIES,
    /// The second factor took too long, or Home Assistant restarted meanwhile.
    EXPIRED,
    /// Something that this release does not know.
    OTHER;

    public static HomeRefusal of(LoginRefusal refusal) {
        return switch (refusal) {
            case INACTIVE -> INACTIVE;
            case LOCAL_ONLY -> LOCAL_ONLY;
            case CLIENT_ID, REDIRECT_URI, OTHER -> OTHER;
        };
    }

    public static HomeRefusal of(LoginAbort abort) {
        return switch (abort) {
            case TOO_MANY_TRIES -> TOO_MANY_TRIES;
            case EXPIRED, FLOW_LOST, ADDRESS_CHANGED -> EXPIRED;
            case OTHER -> OTHER;
        };
    }
}
