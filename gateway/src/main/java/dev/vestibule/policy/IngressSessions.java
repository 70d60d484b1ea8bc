package dev.vestibule.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.TokenHash;

import java.time.Duration;

/// Whose the sessions of add-ons' pages are: whoever uses one first. The Supervisor only looks
/// whether it made the session, not for whom (attack: a guest with an administrator's ingress
/// cookie). In memory only, bounded, and safe to share between threads.
final class IngressSessions {

    private static final int SESSIONS_MAX = 20_000;

    /// Longer than the Supervisor keeps an unused one.
    private static final Duration UNUSED_MAX = Duration.ofDays(1);

    private record Key(HomeId home, TokenHash session) {}

    private final Cache<Key, Object> owners =
            Caffeine.newBuilder().maximumSize(SESSIONS_MAX).expireAfterAccess(UNUSED_MAX).build();

    /// @param user the person, or the grant where there is none
    boolean isOf(HomeId home, String ingressSession, Object user) {
        return owners.get(new Key(home, TokenHash.of(ingressSession)), _ -> user).equals(user);
    }

    /// Whether [#isOf] would say so; nobody becomes the owner by it.
    boolean mayBeOf(HomeId home, String ingressSession, Object user) {
        Object owner =
                owners.policy().getIfPresentQuietly(new Key(home, TokenHash.of(ingressSession)));
        return owner == null || owner.equals(user);
    }
}
