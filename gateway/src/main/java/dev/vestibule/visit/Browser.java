package dev.vestibule.visit;

import dev.vestibule.http.Cookies;
import dev.vestibule.http.SetCookie;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A browser that is signing in, known by a random cookie before it has a session. The value is
/// independent of every `state` and stored hashed, so that neither an address line nor the database
/// gives it away. Several tabs share it.
///
/// Attack: an attacker's own answer of the provider, opened in another browser, finds nothing there
/// (login CSRF, RFC 6749 section 10.12).
public record Browser(Secret id) {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public static String cookieName(boolean isSecure) {
        return isSecure ? "__Host-vestibule-signin" : "vestibule-signin-dev";
    }

    public static Optional<Browser> find(Visitor visitor) {
        return Cookies.find(visitor.headers(), cookieName(visitor.isSecure()))
                .filter(value -> SHAPE.matcher(value).matches())
                .map(value -> new Browser(new Secret(value)));
    }

    public static Browser findOrNew(Visitor visitor, Secrets secrets) {
        return find(visitor).orElseGet(() -> new Browser(secrets.randomToken()));
    }

    public TokenHash hash() {
        return TokenHash.of(id);
    }

    public SetCookie cookie(boolean isSecure) {
        return new SetCookie(cookieName(isSecure), id.reveal(), LIFETIME, isSecure);
    }
}
