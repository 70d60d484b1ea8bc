package dev.vestibule.testhouse.openid;

import dev.vestibule.testhouse.openid.Tickets.Spending;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Access and refresh tokens. A refresh token works once; the second use revokes the whole grant
/// (RFC 9700 section 4.14.2).
final class Grants {

    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

    private final Tickets<Grant> accessTokens;
    private final Tickets<Grant> refreshTokens;

    Grants(ProviderOptions options) {
        this.accessTokens = new Tickets<>(options.time(), options.tokenLifetime());
        this.refreshTokens = new Tickets<>(options.time(), REFRESH_LIFETIME);
    }

    String issueAccessToken(Grant grant) {
        return accessTokens.issue(grant);
    }

    String issueRefreshToken(Grant grant) {
        return refreshTokens.issue(grant);
    }

    Optional<Grant> findByAccessToken(String accessToken) {
        return accessTokens.find(accessToken);
    }

    /// Looks without spending: a stranger who hands in a refresh token must not use it up.
    Optional<Grant> findByRefreshToken(String refreshToken) {
        return refreshTokens.find(refreshToken);
    }

    Spending<Grant> spendRefreshToken(String refreshToken) {
        return refreshTokens.spend(refreshToken);
    }

    void revoke(Grant grant) {
        removeIf(one -> one.id().equals(grant.id()));
    }

    void revokeAllOf(String subject) {
        removeIf(one -> one.subject().equals(subject));
    }

    private void removeIf(Predicate<Grant> condition) {
        accessTokens.removeIf(condition);
        refreshTokens.removeIf(condition);
    }
}
