package dev.vestibule.grant;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Connections;

import java.util.Optional;
import java.util.function.BiPredicate;

/// A grant as this process knows it. Its [Connections] are one object, however often the grant is
/// read. Safe to share between threads.
public final class LiveGrant {

    private final GrantId id;
    private final HomeId home;
    private final GrantKind kind;
    private final GrantOwner owner;
    private final String clientId;
    private final Connections connections;
    private final BiPredicate<AccountId, HomeId> isRoleHeld;

    LiveGrant(
            GrantId id,
            HomeId home,
            GrantKind kind,
            GrantOwner owner,
            String clientId,
            Connections connections,
            BiPredicate<AccountId, HomeId> isRoleHeld) {
        this.id = id;
        this.home = home;
        this.kind = kind;
        this.owner = owner;
        this.clientId = clientId;
        this.connections = connections;
        this.isRoleHeld = isRoleHeld;
    }

    public GrantId id() {
        return id;
    }

    public HomeId home() {
        return home;
    }

    public GrantKind kind() {
        return kind;
    }

    public GrantOwner owner() {
        return owner;
    }

    /// The person it belongs to; empty for a service.
    public Optional<AccountId> account() {
        return switch (owner) {
            case GrantOwner.Person(var account, _) -> Optional.of(account);
            case GrantOwner.Service() -> Optional.empty();
        };
    }

    /// The OAuth client; empty text where the token has none, as a system user's.
    public String clientId() {
        return clientId;
    }

    public boolean isLive() {
        return connections.isLive();
    }

    /// Whether nothing passes for it now, although it lives: its person may less than before, and
    /// Home Assistant does not know yet.
    public boolean isHeld() {
        return account().filter(person -> isRoleHeld.test(person, home)).isPresent();
    }

    public Connections connections() {
        return connections;
    }
}
