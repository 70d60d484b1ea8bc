package dev.vestibule.liveness;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks one provider now and then about each person whom it sent. A loop of its own; [#start()]
/// once, [#close()] once.
///
/// A few questions are open at a time. The first that shows the provider away ends the round, and
/// pauses grow until it answers again: an outage costs it little and proves nothing about anybody.
/// Who is asked about when is a matter of stored times; the waits in between are monotonic, so that
/// a clock that jumps makes nobody wait.
public final class ProviderPoll implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderPoll.class);
    private static final int QUESTIONS_AT_ONCE = 4;
    private static final Duration PERIOD_MAX = Duration.ofSeconds(10);
    private static final Duration PERIOD_MIN = Duration.ofMillis(100);
    private static final Duration OUTAGE_PAUSE_FIRST = Duration.ofSeconds(5);
    private static final Duration OUTAGE_PAUSE_MAX = Duration.ofMinutes(10);

    /// A question that is under way may finish, so that the token that comes back is not lost.
    private static final Duration CLOSING_MAX = Duration.ofSeconds(3);

    private final OpenIdProvider provider;
    private final ProofClaims claims;
    private final Lapses lapses;
    private final ProofCheck check;
    private final Pace pace;
    private final Thread thread;
    private final ExecutorService questions = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean isStopping;
    private int outages;

    public ProviderPoll(
            InstantSource time,
            Secrets secrets,
            OpenIdProvider provider,
            ProofClaims claims,
            Lapses lapses,
            Consequences consequences) {
        this.provider = provider;
        this.claims = claims;
        this.lapses = lapses;
        this.pace = new Pace(time, secrets, provider.livenessConfig().checkEvery());
        this.check = new ProofCheck(provider, claims, consequences, pace);
        this.thread = Thread.ofVirtual().name("liveness-" + provider.id()).unstarted(this::run);
    }

    /// Starts asking, where the configuration wants that.
    public void start() {
        if (provider.livenessConfig().enabled()) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!isStopping) {
                Thread.sleep(pauseAfter(round()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    Duration pauseAfter(boolean isAnswered) {
        outages = isAnswered ? 0 : outages + 1;
        Duration pause = period();
        if (outages > 0) {
            pause = OUTAGE_PAUSE_FIRST.multipliedBy(1L << Math.min(outages - 1, 20));
            pause = shorter(pause, OUTAGE_PAUSE_MAX);
        }
        return pace.shortened(pause);
    }

    private Duration period() {
        Duration tenth = provider.livenessConfig().checkEvery().dividedBy(10);
        return tenth.compareTo(PERIOD_MIN) < 0 ? PERIOD_MIN : shorter(tenth, PERIOD_MAX);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Asks about everybody who is due, and ends what has lapsed.
    ///
    /// @return false where the provider was away
    boolean round() throws InterruptedException {
        try {
            // Nobody else asks this provider, so a claim at this point is one that was given up.
            claims.releaseAbandoned(provider.id());
            lapses.endAll(provider.id(), provider.livenessConfig().maxAge());
            return askAll();
        } catch (RuntimeException problem) {
            // The loop goes on: if it ended, nobody would hear of a dismissal any more.
            note(problem);
            return true;
        }
    }

    /// A gateway that stops breaks off what is under way; that is nothing to tell.
    private void note(RuntimeException problem) {
        if (isStopping) {
            return;
        }
        if (problem instanceof DatabaseUnavailable) {
            LOG.warn("event=liveness-waits provider={} reason=database", provider.id(), problem);
        } else {
            LOG.error("event=liveness-waits provider={} reason=bug", provider.id(), problem);
        }
    }

    private boolean askAll() throws InterruptedException {
        Callable<Boolean> asker = new Round()::ask;
        return questions.invokeAll(Collections.nCopies(QUESTIONS_AT_ONCE, asker)).stream()
                .allMatch(Future::resultNow);
    }

    /// What those who ask in one round tell each other.
    private final class Round {

        private volatile boolean isAway;

        /// What one person's check fails over keeps nobody else from being asked about. Its claim
        /// stays behind, and the next round finds it.
        ///
        /// @return false where the provider was away
        boolean ask() {
            try {
                return askOnAndOn();
            } catch (RuntimeException problem) {
                note(problem);
                return true;
            }
        }

        private boolean askOnAndOn() {
            while (!isAway && !isStopping) {
                Optional<ClaimedProof> next =
                        claims.claimNext(provider.id(), provider.livenessConfig().checkEvery());
                if (next.isEmpty()) {
                    return true;
                }
                if (!check.check(next.get())) {
                    isAway = true;
                }
            }
            return !isAway;
        }
    }

    @Override
    public void close() {
        isStopping = true;
        try {
            questions.shutdown();
            if (!questions.awaitTermination(CLOSING_MAX.toMillis(), MILLISECONDS)) {
                questions.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
