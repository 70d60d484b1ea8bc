package dev.vestibule.session;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Connections;

import java.time.Instant;
import java.util.function.BiPredicate;

/// A signed-in browser, as this process knows it. Its [Connections] are one object, however often
/// the session is read. Safe to share between threads.
public final class LiveSession {

    private final SessionId id;
    private final AccountId account;
    private final long accountEpoch;
    private final HomeId home;
    private final SignInWay way;
    private final Instant authenticatedAt;
    private final Instant beganAt;
    private final Instant expiresAt;
    private final Connections connections;
    private final BiPredicate<AccountId, HomeId> isRoleHeld;

    LiveSession(
            SessionId id,
            AccountId account,
            long accountEpoch,
            HomeId home,
            SignInWay way,
            Instant authenticatedAt,
            Instant beganAt,
            Instant expiresAt,
            Connections connections,
            BiPredicate<AccountId, HomeId> isRoleHeld) {
        this.id = id;
        this.account = account;
        this.accountEpoch = accountEpoch;
        this.home = home;
        this.way = way;
        this.authenticatedAt = authenticatedAt;
        this.beganAt = beganAt;
        this.expiresAt = expiresAt;
        this.connections = connections;
        this.isRoleHeld = isRoleHeld;
    }

    public SessionId id() {
        return id;
    }

    public AccountId account() {
        return account;
    }

    public long accountEpoch() {
        return accountEpoch;
    }

    public HomeId home() {
        return home;
    }

    /// How the person proved who they are.
    public SignInWay way() {
        return way;
    }

    /// When the person last proved who they are.
    public Instant authenticatedAt() {
        return authenticatedAt;
    }

    /// When the browser was signed in, which may be long after that.
    public Instant beganAt() {
        return beganAt;
    }

    /// The end of its lifetime, used or not.
    public Instant expiresAt() {
        return expiresAt;
    }

    public boolean isLive() {
        return connections.isLive();
    }

    /// Whether nothing passes for it now, although it lives: its person may less than before, and
    /// Home Assistant does not know yet.
    public boolean isHeld() {
        return isRoleHeld.test(account, home);
    }

    public Connections connections() {
        return connections;
    }
}
