package dev.vestibule.grant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// The access tokens of Home Assistant that this process saw being given or heard vouched for. Only
/// their hashes are kept, and only in memory: after a restart they are asked about once more, see
/// [TokenJudge]. Never waits. Safe to share between threads.
final class KnownTokens {

    private static final int TOKENS_MAX = 50_000;

    /// A token that Home Assistant vouched for is believed for so long; what we saw being issued,
    /// until it runs out. Home Assistant's access tokens live as long.
    private static final Duration BELIEVED_MAX = Duration.ofMinutes(30);

    /// A token that was vouched for just now is not asked about again so soon: Home Assistant also
    /// refuses people who may not do something, and counts questions about dead tokens.
    private static final Duration UNDOUBTED = Duration.ofSeconds(30);

    private final InstantSource time;
    private final Cache<TokenHash, Known> known =
            Caffeine.newBuilder().maximumSize(TOKENS_MAX).build();

    KnownTokens(InstantSource time) {
        this.time = time;
    }

    private record Known(LiveGrant grant, Instant since, Instant until) {}

    /// As [GrantService#remember].
    void remember(LiveGrant grant, Secret accessToken, Duration lifetime) {
        Instant now = time.instant();
        Instant until = now.plus(lifetime.compareTo(BELIEVED_MAX) < 0 ? lifetime : BELIEVED_MAX);
        known.put(TokenHash.of(accessToken), new Known(grant, now, until));
    }

    /// As [GrantService#doubt].
    void doubt(String accessToken) {
        Instant now = time.instant();
        known.asMap()
                .computeIfPresent(
                        TokenHash.of(accessToken),
                        (_, entry) -> entry.since().plus(UNDOUBTED).isAfter(now) ? entry : null);
    }

    /// As [GrantService#recognise].
    Optional<LiveGrant> recognise(HomeId home, String accessToken) {
        Known entry = known.getIfPresent(TokenHash.of(accessToken));
        if (entry == null
                || !entry.grant().isLive()
                || !entry.grant().home().equals(home)
                || !entry.until().isAfter(time.instant())) {
            return Optional.empty();
        }
        return Optional.of(entry.grant());
    }

    /// As [GrantService#forgetTokensOf].
    void forgetAllOf(Collection<GrantId> grants) {
        Set<GrantId> ids = Set.copyOf(grants);
        known.asMap().values().removeIf(entry -> ids.contains(entry.grant().id()));
    }
}
