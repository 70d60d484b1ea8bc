package dev.vestibule.account;

import dev.vestibule.config.HomeId;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Whose role became less, as long as Home Assistant does not know: it would still let them do what
/// they may no more. Asked for every request, so it is in memory; the table `role` has the same for
/// the next start. Safe to share between threads.
final class RoleHolds {

    private record Key(AccountId account, HomeId home) {}

    private final Set<Key> held = ConcurrentHashMap.newKeySet();

    boolean isHeld(AccountId account, HomeId home) {
        return held.contains(new Key(account, home));
    }

    void hold(AccountId account, HomeId home) {
        held.add(new Key(account, home));
    }

    void release(AccountId account, HomeId home) {
        held.remove(new Key(account, home));
    }
}
