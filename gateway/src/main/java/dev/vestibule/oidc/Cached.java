package dev.vestibule.oidc;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One document of a provider, kept and fetched again in time. Safe to share between threads: any
/// number of callers cause one fetch, the others wait for it.
///
/// While the provider is away the last good document serves until [#STALE_FOR] has passed. A
/// document that is wrong ([OpenIdProviderMisconfigured]) is not papered over with an older one.
final class Cached<T> {

    /// So long a document is used without asking: a withdrawn key dies within this time.
    static final Duration FRESH_FOR = Duration.ofMinutes(15);

    /// So long the last good document serves while the provider is away.
    static final Duration STALE_FOR = Duration.ofHours(12);

    /// After a failure the provider is left alone for this time.
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /// Unknown key ids cause one fetch per purpose in this time; the first is never held back.
    static final Duration REFETCH_AFTER = Duration.ofSeconds(30);

    /// Whoever looks at how the document is had causes one fetch in this time.
    static final Duration ASK_AFTER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Cached.class);

    private final InstantSource time;
    private final String name;
    private final Supplier<T> fetch;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Map<TokenKind, Instant> refetchedAt = new EnumMap<>(TokenKind.class);
    private volatile @Nullable Held<T> held;
    private @Nullable Failure failure;
    private @Nullable Instant askedAt;
    private volatile DocumentHealth health = DocumentHealth.NOT_ASKED;

    /// @param name what is kept, for log lines: `jwks of authentik`
    Cached(InstantSource time, String name, Supplier<T> fetch) {
        this.time = time;
        this.name = name;
        this.fetch = fetch;
    }

    private record Held<T>(T value, Instant at) {}

    private record Failure(OpenIdProviderProblem problem, Instant at) {}

    /// @throws OpenIdProviderUnavailable where nothing usable is kept and the provider is away
    /// @throws OpenIdProviderMisconfigured where the provider's document is wrong
    T get() {
        Held<T> current = held;
        if (current != null && isWithin(current.at(), FRESH_FOR, time.instant())) {
            return current.value();
        }
        fetching.lock();
        try {
            return getOrFetch(time.instant());
        } finally {
            fetching.unlock();
        }
    }

    private T getOrFetch(Instant now) {
        Held<T> current = held;
        if (current != null && isWithin(current.at(), FRESH_FOR, now)) {
            return current.value();
        }
        try {
            return fetch(now);
        } catch (OpenIdProviderUnavailable away) {
            if (current != null && isWithin(current.at(), STALE_FOR, now)) {
                return current.value();
            }
            throw away;
        }
    }

    /// The document again, because the one that the caller saw lacks something; empty where that
    /// was tried a moment ago. Each purpose has its own measure, so that a flood of forged logout
    /// tokens does not keep a sign-in from learning a new key.
    Optional<T> refetch(T seen, TokenKind purpose) {
        fetching.lock();
        try {
            Instant now = time.instant();
            Held<T> current = held;
            if (current != null && !current.value().equals(seen)) {
                return Optional.of(current.value());
            }
            Instant last = refetchedAt.get(purpose);
            if (last != null && isWithin(last, REFETCH_AFTER, now)) {
                return Optional.empty();
            }
            refetchedAt.put(purpose, now);
            return Optional.of(fetch(now));
        } finally {
            fetching.unlock();
        }
    }

    /// Fetches the document now, for somebody who looks at its [#health()], which says what came of
    /// it. Attack: whoever presses the button all the time has us hammer the provider.
    ///
    /// @return whether it was asked for; false where that happened a moment ago, or is under way
    boolean ask() {
        if (!fetching.tryLock()) {
            return false;
        }
        try {
            Instant now = time.instant();
            Instant last = askedAt;
            if (last != null && isWithin(last, ASK_AFTER, now)) {
                return false;
            }
            askedAt = now;
            // What failed a moment ago may just have been mended.
            failure = null;
            var _ = fetch(now);
            return true;
        } catch (OpenIdProviderProblem told) {
            return true;
        } finally {
            fetching.unlock();
        }
    }

    /// How it was last had. Asks nobody and waits for nobody.
    DocumentHealth health() {
        return health;
    }

    /// The last good document, however old. Asks nobody and waits for nobody.
    Optional<T> kept() {
        Held<T> current = held;
        return current == null ? Optional.empty() : Optional.of(current.value());
    }

    /// A failure counts for everybody who comes within [#RETRY_AFTER], so that visitors cannot make
    /// us hammer a provider that is down or wrong.
    private T fetch(Instant now) {
        Failure last = failure;
        if (last != null && isWithin(last.at(), RETRY_AFTER, now)) {
            throw last.problem();
        }
        try {
            T value = fetch.get();
            held = new Held<>(value, now);
            failure = null;
            health = health.had(now);
            return value;
        } catch (OpenIdProviderProblem problem) {
            failure = new Failure(problem, now);
            health = health.notHad(problem, now);
            LOG.warn("event=fetch-failed what=\"{}\" reason=\"{}\"", name, problem.getMessage());
            throw problem;
        }
    }

    /// False too where the clock jumped back before `since`: then the document is asked for again
    /// instead of being trusted for longer.
    private static boolean isWithin(Instant since, Duration length, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(length));
    }
}
