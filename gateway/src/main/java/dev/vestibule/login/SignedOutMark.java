package dev.vestibule.login;

import dev.vestibule.http.Cookies;
import dev.vestibule.http.SetCookie;

import java.time.Duration;

/// A short-lived cookie of a browser that has just signed out. The front end asks for a new
/// authorization at once; without the mark that would sign the person in again, and signing out
/// would never seem to work.
final class SignedOutMark {

    private static final Duration LIFETIME = Duration.ofMinutes(2);

    private SignedOutMark() {}

    static String cookieName(boolean isSecure) {
        return isSecure ? "__Host-vestibule-signed-out" : "vestibule-signed-out-dev";
    }

    static boolean isOn(Visitor visitor) {
        return Cookies.find(visitor.headers(), cookieName(visitor.isSecure())).isPresent();
    }

    static SetCookie setting(boolean isSecure) {
        return new SetCookie(cookieName(isSecure), "1", LIFETIME, isSecure);
    }

    static SetCookie removing(boolean isSecure) {
        return SetCookie.removing(cookieName(isSecure), isSecure);
    }
}
