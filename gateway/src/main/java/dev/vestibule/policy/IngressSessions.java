package dev.vestibule.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.TokenHash;

import java.time.Duration;
import java.util.LinkedHashMap;

/// Whose the sessions of add-ons' pages are: whoever uses one first. The Supervisor only looks
/// whether it made the session, not for whom (attack: a guest with an administrator's ingress
/// cookie). In memory only, bounded, and safe to share between threads.
///
/// Each user has a bound of their own (attack: a guest who makes up so many that an administrator's
/// is forgotten, and is the next to use it).
final class IngressSessions {

    private static final int SESSIONS_MAX = 20_000;

    /// More than a person has add-ons open on all devices.
    private static final int SESSIONS_OF_USER_MAX = 100;

    /// Longer than the Supervisor keeps an unused one.
    private static final Duration UNUSED_MAX = Duration.ofDays(1);

    private record Key(HomeId home, TokenHash session) {}

    private final Cache<Key, Object> owners =
            Caffeine.newBuilder().maximumSize(SESSIONS_MAX).expireAfterAccess(UNUSED_MAX).build();

    /// What each user has, used last at the end; each is its own lock.
    private final Cache<Object, LinkedHashMap<Key, Object>> ofUsers =
            Caffeine.newBuilder().maximumSize(SESSIONS_MAX).expireAfterAccess(UNUSED_MAX).build();

    /// @param user the person, or the grant where there is none
    boolean isOf(HomeId home, String ingressSession, Object user) {
        Key key = new Key(home, TokenHash.of(ingressSession));
        boolean isOwn = owners.get(key, _ -> user).equals(user);
        if (isOwn) {
            keep(key, user);
        }
        return isOwn;
    }

    private void keep(Key key, Object user) {
        LinkedHashMap<Key, Object> own = ofUsers.get(user, _ -> new LinkedHashMap<>());
        synchronized (own) {
            own.putLast(key, user);
            if (own.size() > SESSIONS_OF_USER_MAX) {
                owners.asMap().remove(own.pollFirstEntry().getKey(), user);
            }
        }
    }

    /// Whether [#isOf] would say so; nobody becomes the owner by it.
    boolean mayBeOf(HomeId home, String ingressSession, Object user) {
        Object owner =
                owners.policy().getIfPresentQuietly(new Key(home, TokenHash.of(ingressSession)));
        return owner == null || owner.equals(user);
    }
}
