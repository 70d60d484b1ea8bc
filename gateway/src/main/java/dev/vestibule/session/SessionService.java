package dev.vestibule.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.SessionConfig;
import dev.vestibule.connection.Cut;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Begins, finds and ends sessions. Safe to share between threads.
///
/// A session that was found stays in memory; its row is touched at most once in five minutes, and
/// often enough that a session in use never counts as idle.
public final class SessionService {

    private static final Duration TOUCH_EVERY_MAX = Duration.ofMinutes(5);
    private static final int CACHED_MAX = 20_000;
    private static final int BATCH = 500;

    /// What [Secrets#randomToken] makes. Anything else is nobody's cookie, and is not looked up.
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final SessionStore store;
    private final Map<HomeId, SessionConfig> lifetimes;
    private final int perAccount;
    private final Cache<TokenHash, Cached> cache =
            Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    /// @param lifetimes how long a browser stays signed in at each home
    /// @param perAccount how many sessions one person may have
    public SessionService(
            InstantSource time,
            Secrets secrets,
            Database database,
            SessionStore store,
            Map<HomeId, SessionConfig> lifetimes,
            int perAccount) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.store = store;
        this.lifetimes = Map.copyOf(lifetimes);
        this.perAccount = perAccount;
    }

    private SessionConfig lifetimesAt(HomeId home) {
        SessionConfig found = lifetimes.get(home);
        if (found == null) {
            throw new IllegalStateException("no such home: " + home);
        }
        return found;
    }

    /// A session with the value of its cookie, which is told to nobody but the browser.
    public record NewSession(LiveSession session, Secret cookie) {}

    /// What is known of the browser and of its sign-in.
    ///
    /// @param issuer who vouched for the person: a provider, or one of our own names
    /// @param providerSid the provider's own session id, empty where it gave none
    /// @param lifetime the session ends so long after it begins, and no later than others
    /// @param reach from where it may be used
    public record Beginning(
            HomeId home,
            Issuer issuer,
            String providerSid,
            SignInWay way,
            Instant authenticatedAt,
            Duration lifetime,
            Reach reach,
            String address,
            String userAgent) {}

    /// A session, and when it was used last.
    record Used(LiveSession session, Instant at) {}

    private record Cached(LiveSession session, Instant touchedAt) {}

    /// Begins a session with a new id, always: an old cookie is never reused (attack: fixation).
    ///
    /// @return empty where the account's access ended since it was read
    public Optional<NewSession> begin(Account account, Beginning beginning) {
        return database.inTransaction(tx -> begin(tx, account, beginning));
    }

    /// As [#begin(Account, Beginning)], inside the caller's transaction. Should that fail, nobody
    /// knows the cookie.
    public Optional<NewSession> begin(Handle tx, Account account, Beginning beginning) {
        Instant now = time.instant();
        Secret cookie = secrets.randomToken();
        SessionId id = new SessionId(secrets.randomId(time).toString());
        LiveSession session =
                store.beginning(
                        id,
                        account,
                        beginning.home(),
                        beginning.way(),
                        beginning.authenticatedAt(),
                        now,
                        now.plus(lifetime(beginning)));
        TokenHash hash = TokenHash.of(cookie);
        if (!store.insert(tx, session, hash, beginning)) {
            return Optional.empty();
        }
        cache.put(hash, new Cached(session, now));
        return Optional.of(new NewSession(session, cookie));
    }

    /// What the session of somebody at a home would be, for a question about it. Nobody can have
    /// it: it has no cookie and no row.
    public LiveSession supposed(Account account, HomeId home) {
        Instant now = time.instant();
        return store.beginning(
                new SessionId(secrets.randomId(time).toString()),
                account,
                home,
                SignInWay.PROVIDER,
                now,
                now,
                now.plus(lifetimesAt(home).lifetime()));
    }

    private Duration lifetime(Beginning beginning) {
        Duration usual = lifetimesAt(beginning.home()).lifetime();
        return beginning.lifetime().compareTo(usual) < 0 ? beginning.lifetime() : usual;
    }

    /// Finds a session without waiting; empty says only that it is not in memory.
    public Optional<LiveSession> findCached(HomeId home, String cookie) {
        Instant now = time.instant();
        return Optional.ofNullable(cache.getIfPresent(TokenHash.of(cookie)))
                .filter(cached -> isUsable(cached.session(), home, now))
                .filter(cached -> cached.touchedAt().plus(touchEvery(home)).isAfter(now))
                .map(Cached::session);
    }

    private Duration touchEvery(HomeId home) {
        Duration half = lifetimesAt(home).idleTimeout().dividedBy(2);
        return half.compareTo(TOUCH_EVERY_MAX) < 0 ? half : TOUCH_EVERY_MAX;
    }

    /// Finds a session, in the store if need be, and notes that it was used. What is no session
    /// costs a look and never a turn at the one writer (attack: a flood of made-up cookies keeps
    /// everybody else from signing in).
    public Optional<LiveSession> find(HomeId home, String cookie) {
        Optional<LiveSession> cached = findCached(home, cookie);
        if (cached.isPresent()) {
            return cached;
        }
        Instant now = time.instant();
        TokenHash hash = TokenHash.of(cookie);
        if (!COOKIE.matcher(cookie).matches()
                || !database.read(handle -> store.isKnown(handle, hash))) {
            return Optional.empty();
        }
        Optional<LiveSession> found =
                database.inTransaction(
                        tx -> store.touch(tx, hash, now, lifetimesAt(home).idleSince(now)));
        return found.map(session -> remember(hash, session, now))
                .filter(session -> isUsable(session, home, now));
    }

    /// As [#find], for what a page asks by itself: it is no use of the session (attack: a console
    /// that was left open never runs out).
    public Optional<LiveSession> peek(HomeId home, String cookie) {
        Optional<LiveSession> cached = findCached(home, cookie);
        if (cached.isPresent() || !COOKIE.matcher(cookie).matches()) {
            return cached;
        }
        Instant now = time.instant();
        TokenHash hash = TokenHash.of(cookie);
        return database.read(
                        handle -> store.peek(handle, hash, now, lifetimesAt(home).idleSince(now)))
                .filter(session -> isUsable(session, home, now));
    }

    private LiveSession remember(TokenHash hash, LiveSession session, Instant now) {
        cache.put(hash, new Cached(session, now));
        return session;
    }

    private static boolean isUsable(LiveSession session, HomeId home, Instant now) {
        return session.isLive() && session.home().equals(home) && session.expiresAt().isAfter(now);
    }

    /// Deletes sessions of an account inside the caller's transaction. After its commit the caller
    /// hands the result to [#cut].
    public List<SessionId> deleteAllOf(Handle tx, AccountId account) {
        return store.deleteAllOf(tx, account);
    }

    /// As [#deleteAllOf(Handle, AccountId)], at one home.
    public List<SessionId> deleteAllOf(Handle tx, AccountId account, HomeId home) {
        return store.deleteAllOf(tx, account, home);
    }

    /// A session by its id, straight from the store; the use is not noted.
    public Optional<LiveSession> find(SessionId id) {
        Instant now = time.instant();
        return database.read(handle -> store.find(handle, id))
                .filter(session -> !hasRunOut(session, now))
                .map(Used::session)
                .filter(LiveSession::isLive);
    }

    /// The provider at which the person of a session proved who they are; empty where it has ended.
    public Optional<Issuer> issuerOf(SessionId id) {
        return database.read(handle -> store.issuerOf(handle, id));
    }

    /// Whether an account has sessions at a home, and may use every one of them from anywhere.
    public boolean mayBeAnywhere(AccountId account, HomeId home) {
        return database.read(handle -> store.mayBeAnywhere(handle, account, home));
    }

    private boolean hasRunOut(Used used, Instant now) {
        LiveSession session = used.session();
        return !session.expiresAt().isAfter(now)
                || !used.at().isAfter(lifetimesAt(session.home()).idleSince(now));
    }

    /// Notes that a session was used by a client that was authorized from it.
    ///
    /// @return false where the session has run out or ended
    public boolean noteUse(HomeId home, SessionId id) {
        Instant now = time.instant();
        return database.inTransaction(
                tx -> store.touch(tx, id, now, lifetimesAt(home).idleSince(now)));
    }

    /// A session that was one too many.
    public record Surplus(SessionId id, HomeId home) {}

    /// Deletes those sessions of an account that were not used for the longest, beyond how many one
    /// person may have. After the commit the caller hands them to [#cut].
    public List<Surplus> deleteSurplusOf(Handle tx, AccountId account) {
        return store.deleteAllBut(tx, account, perAccount);
    }

    /// The sessions that came from one session at a provider, inside the caller's transaction.
    ///
    /// @param sid the provider's name for it; nothing comes from an empty one
    public List<LiveSession> ofProviderSession(Handle tx, Issuer issuer, String sid) {
        return sid.isEmpty() ? List.of() : store.ofProviderSession(tx, issuer, sid);
    }

    /// The sessions of an account that came from a provider, inside the caller's transaction.
    public List<LiveSession> ofIssuer(Handle tx, AccountId account, Issuer issuer) {
        return store.ofIssuer(tx, account, issuer);
    }

    /// The sessions of an account that began in one of these ways, inside the caller's transaction.
    public List<LiveSession> ofWays(Handle tx, AccountId account, Set<SignInWay> ways) {
        return store.allOf(tx, account).stream()
                .filter(session -> ways.contains(session.way()))
                .toList();
    }

    public boolean delete(Handle tx, SessionId id) {
        return store.delete(tx, id);
    }

    /// The sessions of an account at a home, to be handed to [#interrupt].
    public List<SessionId> of(Handle tx, AccountId account, HomeId home) {
        return store.of(tx, account, home);
    }

    /// Whether anybody has a session at a home.
    public boolean hasAny(Handle tx, HomeId home) {
        return store.hasAny(tx, home);
    }

    /// How many sockets and streams of a session this process has open.
    int openCount(SessionId id) {
        return store.openCount(id);
    }

    /// Cuts what sessions that live on have open now.
    public void interrupt(List<SessionId> live, Cut reason) {
        live.forEach(id -> store.interrupt(id, reason));
    }

    /// Cuts what the sessions have open, after their rows are gone.
    public void cut(List<SessionId> ended, Cut reason) {
        ended.forEach(id -> store.end(id, reason));
    }

    /// The sessions at a home whose time is over, whether they are in use or not.
    public List<LiveSession> expired(Handle tx, HomeId home) {
        return store.expired(tx, home, time.instant(), BATCH);
    }

    /// The sessions at a home that no request was seen of for too long. Something of theirs may
    /// still be open.
    public List<LiveSession> idle(Handle tx, HomeId home) {
        return store.idle(tx, home, lifetimesAt(home).idleSince(time.instant()), BATCH);
    }

    /// Notes the use of a session that has something open.
    public void keep(Handle tx, SessionId id) {
        store.keep(tx, id, time.instant());
    }
}
