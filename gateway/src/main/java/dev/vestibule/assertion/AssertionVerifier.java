package dev.vestibule.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.account.Issuer;
import dev.vestibule.config.AssertionConfig;
import dev.vestibule.http.Headers;
import dev.vestibule.oidc.ClaimReader;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.oidc.TokenClaims;
import dev.vestibule.oidc.TokenRefused;
import dev.vestibule.oidc.TokenSigner;
import dev.vestibule.secret.TokenHash;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Decides whether the assertions of one proxy are to be believed. Safe to share between threads.
///
/// What was found genuine is remembered by its hash until it ends, so that a page with a hundred
/// pictures costs one signature; what was not is judged anew, and costs whoever sends it as much as
/// us.
final class AssertionVerifier implements AutoCloseable {

    /// So long a genuine one is believed without looking at the keys again. A withdrawn key is
    /// believed for longer by as much as the fetched keys are kept.
    static final Duration REMEMBERED_FOR = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(AssertionVerifier.class);
    private static final int REMEMBERED_MAX = 10_000;

    private final InstantSource time;
    private final AssertionConfig config;
    private final TokenSigner signer;
    private final Cache<TokenHash, Genuine> genuine =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    /// @param time the world's clock: it is the proxy that dates assertions
    AssertionVerifier(InstantSource time, AssertionConfig config) {
        this.time = time;
        this.config = config;
        this.signer =
                config.secrets().isEmpty()
                        ? TokenSigner.withKeysAt(
                                time,
                                config.id(),
                                config.keys().getFirst(),
                                config.caFiles(),
                                config.algorithms())
                        : TokenSigner.withSecret(config.secrets().getFirst());
    }

    private record Genuine(Verdict verdict, Instant since, Instant until) {

        /// False too where the clock jumped back: then the assertion is judged again.
        boolean isAt(Instant now) {
            return !now.isBefore(since) && now.isBefore(until);
        }
    }

    AssertionConfig config() {
        return config;
    }

    /// What a request shows under the proxy's name.
    Shown shownIn(Headers headers) {
        return Shown.in(headers, config.header());
    }

    /// What is known already. Never waits.
    Optional<Verdict> known(String compact) {
        Genuine found = genuine.getIfPresent(TokenHash.of(compact));
        return found != null && found.isAt(time.instant())
                ? Optional.of(found.verdict())
                : Optional.empty();
    }

    /// May wait for the proxy's keys.
    Verdict judge(String compact) {
        return known(compact).orElseGet(() -> verify(compact));
    }

    /// RFC 7519 section 7.2 and RFC 8725 section 3: the signature first, so that no reason we log
    /// was chosen by a stranger, then whose word it is, for whom, and when.
    private Verdict verify(String compact) {
        Instant now = time.instant();
        try {
            ObjectNode claims = signer.verify(compact);
            TokenClaims.requireIssuer(claims, config.issuer());
            TokenClaims.requireAudience(claims, config.audience());
            Instant expiresAt = TokenClaims.requireTimes(claims, now, config.clockLeeway());
            Verdict verdict = who(claims, now);
            Instant ends = expiresAt.plus(config.clockLeeway());
            Instant looksAgain = now.plus(REMEMBERED_FOR);
            genuine.put(
                    TokenHash.of(compact),
                    new Genuine(verdict, now, ends.isBefore(looksAgain) ? ends : looksAgain));
            return verdict;
        } catch (TokenRefused refused) {
            LOG.debug(
                    "event=assertion-refused assertion={} reason={} detail=\"{}\"",
                    config.id(),
                    refused.reason(),
                    refused.detail());
            return Verdict.Refused.of(refused.reason());
        } catch (OpenIdProviderProblem away) {
            LOG.debug(
                    "event=assertion-unjudgeable assertion={} reason=\"{}\"",
                    config.id(),
                    away.getMessage());
            return new Verdict.Unjudgeable();
        }
    }

    private Verdict who(ObjectNode claims, Instant now) throws TokenRefused {
        JsonNode subject = claims.path("sub");
        if (subject.isMissingNode() || (subject.isTextual() && subject.textValue().isEmpty())) {
            return new Verdict.Program();
        }
        var _ = TokenClaims.requireSubject(claims);
        return new Verdict.Person(
                ClaimReader.identity(new Issuer(config.issuer()), config.claims(), claims, now),
                TokenClaims.instant(claims, "iat").orElse(Instant.EPOCH));
    }

    @Override
    public void close() {
        signer.close();
    }
}
