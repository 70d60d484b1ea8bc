package dev.vestibule.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.config.HomeId;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.http.Cookies;
import dev.vestibule.http.SetCookie;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;

import java.time.Duration;
import java.util.Optional;

/// The browsers whose websocket was authenticated by a grant. The views of the phone apps lack our
/// session cookie; this tells who they are where the front end fetches without a bearer. Safe to
/// share between threads.
///
/// In memory only and bounded: what is forgotten is bound again by the next websocket. `__Host-`
/// keeps sibling hosts from planting an id (RFC 6265bis section 4.1.3.2).
public final class BrowserIds {

    private static final int BOUND_MAX = 20_000;
    private static final int LENGTH = 43;

    private final Secrets secrets;
    private final Cache<TokenHash, LiveGrant> bound =
            Caffeine.newBuilder().maximumSize(BOUND_MAX).build();

    public BrowserIds(Secrets secrets) {
        this.secrets = secrets;
    }

    public static String cookieName(boolean isSecure) {
        return isSecure ? "__Host-vestibule-browser" : "vestibule-dev-browser";
    }

    public BrowserId create() {
        return new BrowserId(secrets.randomToken().reveal());
    }

    /// The cookie that gives a browser its id, until the browser closes.
    public SetCookie cookie(BrowserId browser, boolean isSecure) {
        return new SetCookie(
                cookieName(isSecure), browser.value(), Duration.ofSeconds(-1), isSecure);
    }

    /// The id that the browser sent; what does not look like one of ours is none.
    ///
    /// @param cookies the value of the `Cookie` header, empty text where it is absent
    public Optional<BrowserId> read(String cookies, boolean isSecure) {
        return Cookies.find(cookies, cookieName(isSecure))
                .filter(value -> value.length() == LENGTH)
                .map(BrowserId::new);
    }

    /// Remembers that a websocket of this browser was authenticated by the grant. The latest wins.
    public void bind(BrowserId browser, LiveGrant grant) {
        bound.put(TokenHash.of(browser.value()), grant);
    }

    /// The grant that the browser is bound to, as long as that grant is live.
    public Optional<LiveGrant> find(HomeId home, BrowserId browser) {
        return Optional.ofNullable(bound.getIfPresent(TokenHash.of(browser.value())))
                .filter(LiveGrant::isLive)
                .filter(grant -> grant.home().equals(home));
    }
}
