package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refresh tokens, and the access tokens made from them. Lives on the event loop; survives a
/// restart.
final class TokenStore {

    private static final Duration LEEWAY = Duration.ofSeconds(10);
    private static final Duration UNUSED_MAX = Duration.ofDays(90);

    private final InstantSource time;
    private final HomeVersion version;
    private final Map<String, RefreshToken> byId = new LinkedHashMap<>();
    private final Map<String, RefreshToken> byValue = new LinkedHashMap<>();

    TokenStore(InstantSource time, HomeVersion version) {
        this.time = time;
        this.version = version;
    }

    RefreshToken create(User user, RefreshToken.Purpose purpose) {
        var token = new RefreshToken(user, purpose, time.instant());
        byId.put(token.id(), token);
        byValue.put(token.value(), token);
        return token;
    }

    /// For somebody who was deleted while a socket was open: it looks like a token, and opens
    /// nothing.
    RefreshToken unregistered(User user, RefreshToken.Purpose purpose) {
        return new RefreshToken(user, purpose, time.instant());
    }

    Optional<RefreshToken> byValue(String value) {
        return living(byValue.get(value));
    }

    Optional<RefreshToken> byId(String id) {
        return living(byId.get(id));
    }

    List<RefreshToken> of(User user) {
        return byId.values().stream().filter(token -> token.user() == user).toList();
    }

    private Optional<RefreshToken> living(@Nullable RefreshToken token) {
        if (token != null
                && version.forgetsUnusedTokens()
                && token.purpose().kind() == RefreshToken.Kind.NORMAL
                && token.lastUsedAt().plus(UNUSED_MAX).isBefore(time.instant())) {
            remove(token);
            return Optional.empty();
        }
        return Optional.ofNullable(token);
    }

    /// Mints an access token, and notes who asked.
    String accessToken(RefreshToken token, @Nullable String address) {
        Instant now = time.instant();
        token.used(now, address);
        return Jwt.sign(
                token.key(),
                Json.object()
                        .put("iss", token.id())
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(token.purpose().accessLifetime()).getEpochSecond()));
    }

    /// The refresh token behind a valid access token of an active user.
    Optional<RefreshToken> validate(String accessToken) {
        return Jwt.read(accessToken)
                .flatMap(
                        claims ->
                                byId(claims.path("iss").asText())
                                        .filter(token -> Jwt.isSignedBy(token.key(), accessToken))
                                        .filter(_ -> isNow(claims)))
                .filter(token -> token.user().isActive());
    }

    private boolean isNow(JsonNode claims) {
        Instant now = time.instant();
        var issuedAt = Instant.ofEpochSecond(claims.path("iat").asLong());
        var expiresAt = Instant.ofEpochSecond(claims.path("exp").asLong());
        return !issuedAt.isAfter(now.plus(LEEWAY)) && expiresAt.isAfter(now.minus(LEEWAY));
    }

    /// Removes a token and closes what was opened with it.
    void remove(RefreshToken token) {
        forget(token);
        token.tellRemoval();
    }

    /// Removes a deleted user's tokens; open sockets notice nothing, as in the original.
    void forgetAllOf(User user) {
        of(user).forEach(this::forget);
    }

    private void forget(RefreshToken token) {
        byId.remove(token.id());
        byValue.remove(token.value());
    }
}
