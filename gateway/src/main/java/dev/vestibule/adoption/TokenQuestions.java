package dev.vestibule.adoption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.TokenProbe;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;

import java.time.Duration;
import java.util.Optional;

/// Asks Home Assistant about access tokens, as seldom as can be: never again about a dead one for a
/// while, and only so often for one address. Safe to share between threads.
final class TokenQuestions {

    private static final int DEAD_MAX = 20_000;
    private static final Duration DEAD_REMEMBERED = Duration.ofMinutes(5);

    private final TokenProbe probe;
    private final AddressLimiter limiter;
    private final Cache<TokenHash, Boolean> dead =
            Caffeine.newBuilder().maximumSize(DEAD_MAX).expireAfterWrite(DEAD_REMEMBERED).build();

    TokenQuestions(TokenProbe probe, AddressLimiter limiter) {
        this.probe = probe;
        this.limiter = limiter;
    }

    /// @return empty where the address has asked too often
    /// @throws HomeAssistantUnavailable where the answer cannot be had
    Optional<TokenProbeResult> ask(Secret accessToken, ClientAddress from) {
        TokenHash hash = TokenHash.of(accessToken);
        if (dead.getIfPresent(hash) != null) {
            return Optional.of(new TokenProbeResult.Dead());
        }
        if (!limiter.tryTake(from)) {
            return Optional.empty();
        }
        TokenProbeResult result = askWithoutLimit(accessToken, from);
        if (result instanceof TokenProbeResult.Dead) {
            dead.put(hash, true);
        }
        return Optional.of(result);
    }

    /// Asks about a token that Home Assistant has just given to the gateway itself.
    TokenProbeResult askWithoutLimit(Secret accessToken, ClientAddress from) {
        return probe.ask(accessToken, from.accountable());
    }
}
