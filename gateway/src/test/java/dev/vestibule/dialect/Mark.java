package dev.vestibule.dialect;

import java.util.Locale;

/// What a step means for the person of a pack. A step without a mark leaves an open socket open.
enum Mark {
    NONE,
    /// The person signs in anew, and nothing works any more of what they had before they were out.
    OPENS_SOCKET,
    /// The person is out: the socket is closed, the tokens are dead, and no sign-in helps.
    SOCKET_MUST_CLOSE,
    /// The person is in, and notices nothing.
    SOCKET_MUST_STAY,
    /// The person was out before, and still is.
    STAYS_OUT;

    static Mark named(String name) {
        return name.isEmpty() ? NONE : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
