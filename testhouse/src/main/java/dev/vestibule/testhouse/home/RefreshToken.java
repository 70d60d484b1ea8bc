package dev.vestibule.testhouse.home;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One sign-in, one long-lived token or one system user's token. Lives on the event loop.
final class RefreshToken {

    enum Kind {
        NORMAL("normal"),
        SYSTEM("system"),
        LONG_LIVED("long_lived_access_token");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /// What a token is made for; the client's parts are empty where there is none.
    record Purpose(
            Kind kind,
            String clientId,
            String clientName,
            Duration accessLifetime,
            String provider) {

        static final Duration ACCESS_LIFETIME = Duration.ofMinutes(30);

        static Purpose signIn(String clientId) {
            return new Purpose(Kind.NORMAL, clientId, "", ACCESS_LIFETIME, "homeassistant");
        }

        static Purpose longLived(String clientName, Duration lifetime) {
            return new Purpose(Kind.LONG_LIVED, "", clientName, lifetime, "");
        }

        static Purpose system() {
            return new Purpose(Kind.SYSTEM, "", "", ACCESS_LIFETIME, "");
        }
    }

    private final String id = Ids.id();
    private final String value = Ids.hex(64);
    private final byte[] key = Ids.random(64);
    private final User user;
    private final Purpose purpose;
    private final Instant createdAt;
    private final Set<Runnable> removalListeners = new LinkedHashSet<>();
    private Instant lastUsedAt;
    private @Nullable String lastUsedAddress;

    RefreshToken(User user, Purpose purpose, Instant createdAt) {
        this.user = user;
        this.purpose = purpose;
        this.createdAt = createdAt;
        this.lastUsedAt = createdAt;
    }

    String id() {
        return id;
    }

    String value() {
        return value;
    }

    byte[] key() {
        return key.clone();
    }

    User user() {
        return user;
    }

    Purpose purpose() {
        return purpose;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    Optional<String> lastUsedAddress() {
        return Optional.ofNullable(lastUsedAddress);
    }

    void used(Instant now, @Nullable String address) {
        lastUsedAt = now;
        lastUsedAddress = address;
    }

    void onRemoval(Runnable listener) {
        removalListeners.add(listener);
    }

    void forgetListener(Runnable listener) {
        removalListeners.remove(listener);
    }

    void tellRemoval() {
        List.copyOf(removalListeners).forEach(Runnable::run);
    }
}
