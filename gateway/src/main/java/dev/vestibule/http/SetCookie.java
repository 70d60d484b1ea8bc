package dev.vestibule.http;

import java.time.Duration;

/// A cookie to set. Always `HttpOnly` and `SameSite=Lax`; `Secure` unless the home allows plain
/// http.
///
/// @param lifetime how long the browser keeps it; zero removes it, negative means until it closes
/// @param path below which the browser sends it
public record SetCookie(
        String name, String value, Duration lifetime, boolean isSecure, String path) {

    /// For the whole host.
    public SetCookie(String name, String value, Duration lifetime, boolean isSecure) {
        this(name, value, lifetime, isSecure, "/");
    }

    public static SetCookie removing(String name, boolean isSecure) {
        return new SetCookie(name, "", Duration.ZERO, isSecure);
    }

    /// The value of the `Set-Cookie` header.
    public String line() {
        return name
                + "="
                + value
                + "; Path="
                + path
                + "; HttpOnly; SameSite=Lax"
                + (isSecure ? "; Secure" : "")
                + (lifetime.isNegative() ? "" : "; Max-Age=" + lifetime.toSeconds());
    }
}
