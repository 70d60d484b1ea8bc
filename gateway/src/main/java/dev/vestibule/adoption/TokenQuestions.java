package dev.vestibule.adoption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.grant.GrantId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.TokenProbe;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Asks Home Assistant about access tokens, as seldom as can be: never again about a dead one for a
/// while, once for all who show the same one at once, and only so often for one address. Safe to
/// share between threads.
final class TokenQuestions {

    private static final int DEAD_MAX = 20_000;
    private static final Duration DEAD_REMEMBERED = Duration.ofMinutes(5);

    private final TokenProbe probe;
    private final AddressLimiter limiter;
    private final GrantShares shares;
    private final Map<Question, CompletableFuture<Optional<TokenProbeResult>>> asking =
            new ConcurrentHashMap<>();
    private final Cache<Question, Boolean> dead =
            Caffeine.newBuilder().maximumSize(DEAD_MAX).expireAfterWrite(DEAD_REMEMBERED).build();

    TokenQuestions(TokenProbe probe, AddressLimiter limiter, GrantShares shares) {
        this.probe = probe;
        this.limiter = limiter;
        this.shares = shares;
    }

    /// The answer depends on the address: some people of Home Assistant may come in from its own
    /// network only.
    private record Question(TokenHash token, InetAddress from) {}

    /// @return empty where the address has asked too often
    /// @throws HomeAssistantUnavailable where the answer cannot be had
    Optional<TokenProbeResult> ask(Secret accessToken, ClientAddress from) {
        return ask(accessToken, from, () -> limiter.tryTake(from));
    }

    /// As [#ask(Secret, ClientAddress)], about a token that names a live grant.
    Optional<TokenProbeResult> askAbout(GrantId grant, Secret accessToken, ClientAddress from) {
        return ask(accessToken, from, () -> shares.tryTake(grant) || limiter.tryTake(from));
    }

    private Optional<TokenProbeResult> ask(
            Secret accessToken, ClientAddress from, BooleanSupplier mayAsk) {
        Question question = new Question(TokenHash.of(accessToken), from.accountable());
        if (dead.getIfPresent(question) != null) {
            return Optional.of(new TokenProbeResult.Dead());
        }
        CompletableFuture<Optional<TokenProbeResult>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<TokenProbeResult>> first = asking.putIfAbsent(question, mine);
        return first == null
                ? askFirst(question, accessToken, from, mayAsk, mine)
                : answerOf(first);
    }

    /// Whoever asks first is bounded in time by [TokenProbe], and so are those who wait for it.
    private static Optional<TokenProbeResult> answerOf(
            CompletableFuture<Optional<TokenProbeResult>> first) {
        try {
            return first.join();
        } catch (CompletionException failed) {
            throw new HomeAssistantUnavailable("The question could not be asked", failed);
        }
    }

    private Optional<TokenProbeResult> askFirst(
            Question question,
            Secret accessToken,
            ClientAddress from,
            BooleanSupplier mayAsk,
            CompletableFuture<Optional<TokenProbeResult>> waiting) {
        try {
            Optional<TokenProbeResult> result = askWithinLimit(question, accessToken, from, mayAsk);
            waiting.complete(result);
            return result;
        } finally {
            asking.remove(question);
            waiting.completeExceptionally(new HomeAssistantUnavailable("No answer was had"));
        }
    }

    private Optional<TokenProbeResult> askWithinLimit(
            Question question, Secret accessToken, ClientAddress from, BooleanSupplier mayAsk) {
        if (!mayAsk.getAsBoolean()) {
            return Optional.empty();
        }
        TokenProbeResult result = askWithoutLimit(accessToken, from);
        if (result instanceof TokenProbeResult.Dead) {
            dead.put(question, true);
        }
        return Optional.of(result);
    }

    /// Asks about a token that Home Assistant has just given to the gateway itself.
    TokenProbeResult askWithoutLimit(Secret accessToken, ClientAddress from) {
        return probe.ask(accessToken, from.accountable());
    }
}
