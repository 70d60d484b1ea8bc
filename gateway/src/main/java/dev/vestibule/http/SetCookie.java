package dev.vestibule.http;

import java.time.Duration;

/// A cookie to set. Always `HttpOnly`, `SameSite=Lax` and for the whole host; `Secure` unless the
/// home allows plain http.
///
/// @param lifetime how long the browser keeps it; zero removes it, negative means until it closes
public record SetCookie(String name, String value, Duration lifetime, boolean isSecure) {

    public static SetCookie removing(String name, boolean isSecure) {
        return new SetCookie(name, "", Duration.ZERO, isSecure);
    }

    /// The value of the `Set-Cookie` header.
    public String line() {
        return name
                + "="
                + value
                + "; Path=/; HttpOnly; SameSite=Lax"
                + (isSecure ? "; Secure" : "")
                + (lifetime.isNegative() ? "" : "; Max-Age=" + lifetime.toSeconds());
    }
}
