package dev.vestibule.login;

import dev.vestibule.http.Cookies;
import dev.vestibule.http.SetCookie;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.util.Optional;

/// A short-lived cookie of a browser that has just signed out. The front end asks for a new
/// authorization at once; without the mark that would sign the person in again, and signing out
/// would never seem to work.
///
/// It carries the id of the provider at which they may still be signed in. Whoever writes another
/// one into it finds a configured provider or none.
final class SignedOutMark {

    private static final Duration LIFETIME = Duration.ofMinutes(2);

    /// No provider is called so.
    static final String NO_PROVIDER = ".";

    private SignedOutMark() {}

    static String cookieName(boolean isSecure) {
        return isSecure ? "__Host-vestibule-signed-out" : "vestibule-signed-out-dev";
    }

    private static Optional<String> find(Visitor visitor) {
        return Cookies.find(visitor.headers(), cookieName(visitor.isSecure()));
    }

    static boolean isOn(Visitor visitor) {
        return find(visitor).isPresent();
    }

    /// The provider at which the person may still be signed in.
    static String providerOf(Visitor visitor) {
        return find(visitor).orElse(NO_PROVIDER);
    }

    static SetCookie setting(boolean isSecure) {
        return setting(isSecure, NO_PROVIDER);
    }

    static SetCookie setting(boolean isSecure, String providerId) {
        return new SetCookie(cookieName(isSecure), providerId, LIFETIME, isSecure);
    }

    static SetCookie removing(boolean isSecure) {
        return SetCookie.removing(cookieName(isSecure), isSecure);
    }
}
