package dev.vestibule.session;

import dev.vestibule.http.SetCookie;
import dev.vestibule.secret.Secret;

import java.time.Duration;

/// The cookie that is a session. `__Host-` keeps sibling hosts from planting one (RFC 6265bis
/// section 4.1.3.2); plain http cannot have the prefix, and its cookie has another name, so that
/// neither is ever taken for the other.
public final class SessionCookie {

    private SessionCookie() {}

    public static String name(boolean isSecure) {
        return isSecure ? "__Host-vestibule" : "vestibule-dev";
    }

    public static SetCookie of(Secret token, Duration lifetime, boolean isSecure) {
        return new SetCookie(name(isSecure), token.reveal(), lifetime, isSecure);
    }

    public static SetCookie removing(boolean isSecure) {
        return SetCookie.removing(name(isSecure), isSecure);
    }
}
