package dev.vestibule.login;

import dev.vestibule.http.Cookies;
import dev.vestibule.http.Request;
import dev.vestibule.http.SetCookie;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.util.Optional;

/// A cookie of a browser that has signed out. The front end asks for a new authorization at once,
/// and whenever it is opened again; without the mark that would sign the person in again, and
/// signing out would never seem to work. It goes when the person presses the button to sign in.
///
/// It carries the id of the provider at which they may still be signed in. Whoever writes another
/// one into it finds a configured provider or none.
final class SignedOutMark {

    private static final Duration LIFETIME = Duration.ofHours(12);

    /// The query of an address behind that button.
    private static final String OVER = "wanted=true";

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

    /// An address that signs in although the mark is on.
    static String overriding(String address) {
        return address + (address.indexOf('?') < 0 ? "?" : "&") + OVER;
    }

    /// Whether somebody came by such an address.
    static boolean isOver(Request request) {
        return request.query().single("wanted").orElse("").equals("true");
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
