package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class CachedTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final AtomicInteger fetches = new AtomicInteger();

    private Cached<String> counting() {
        return new Cached<>(clock, "a document", () -> "document " + fetches.incrementAndGet());
    }

    @Test
    void aFreshDocumentIsNotAskedForAgain() {
        Cached<String> cached = counting();
        assertThat(cached.get()).isEqualTo("document 1");
        clock.advance(Cached.FRESH_FOR.minusSeconds(1));
        assertThat(cached.get()).isEqualTo("document 1");
        clock.advance(Duration.ofSeconds(1));

        assertThat(cached.get()).isEqualTo("document 2");
    }

    @Test
    void aClockThatJumpsBackDoesNotKeepADocumentForever() {
        Cached<String> cached = counting();
        cached.get();
        clock.advance(Duration.ofDays(-1));

        assertThat(cached.get()).isEqualTo("document 2");
    }

    @Test
    void manyCallersCauseOneFetch() throws Exception {
        var everybodyIsHere = new CountDownLatch(20);
        var cached =
                new Cached<>(
                        clock,
                        "a document",
                        () -> {
                            fetches.incrementAndGet();
                            return "document";
                        });
        Callable<String> caller =
                () -> {
                    everybodyIsHere.countDown();
                    everybodyIsHere.await();
                    return cached.get();
                };
        assertThat(resultsOf(caller, 20)).hasSize(20).containsOnly("document");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void manyCallersThatMissAKeyCauseOneFetch() throws Exception {
        Cached<String> cached = counting();
        String seen = cached.get();
        var everybodyIsHere = new CountDownLatch(20);
        Callable<String> caller =
                () -> {
                    everybodyIsHere.countDown();
                    everybodyIsHere.await();
                    return cached.refetch(seen, TokenKind.ID_TOKEN).orElse("nothing");
                };

        assertThat(resultsOf(caller, 20)).hasSize(20).containsOnly("document 2");
        assertThat(fetches).hasValue(2);
    }

    private static List<String> resultsOf(Callable<String> caller, int count)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(threads.submit(caller));
            }
            List<String> results = new ArrayList<>();
            for (Future<String> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void theFirstMissIsNeverHeldBackAndTheNextOneIs() {
        Cached<String> cached = counting();
        String first = cached.get();
        String second = cached.refetch(first, TokenKind.ID_TOKEN).orElseThrow();

        assertThat(cached.refetch(second, TokenKind.ID_TOKEN)).isEmpty();
        assertThat(cached.refetch(second, TokenKind.LOGOUT_TOKEN)).contains("document 3");
        clock.advance(Cached.REFETCH_AFTER);
        assertThat(cached.refetch("document 3", TokenKind.ID_TOKEN)).contains("document 4");
    }

    @Test
    void aWrongDocumentIsNotPaperedOverWithAnOlderOne() {
        var cached =
                new Cached<>(
                        clock,
                        "a document",
                        () -> {
                            if (fetches.incrementAndGet() > 1) {
                                throw new OpenIdProviderMisconfigured("It is wrong now.");
                            }
                            return "document";
                        });
        cached.get();
        clock.advance(Cached.FRESH_FOR);

        assertThatThrownBy(cached::get).isInstanceOf(OpenIdProviderMisconfigured.class);
        assertThatThrownBy(cached::get).isInstanceOf(OpenIdProviderMisconfigured.class);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void whoeverLooksAtItCausesOneFetchInAWhileAndAFreshDocumentIsFetchedToo() {
        Cached<String> cached = counting();
        cached.get();

        assertThat(cached.ask()).isTrue();
        assertThat(cached.ask()).isFalse();
        assertThat(fetches).hasValue(2);
        clock.advance(Cached.ASK_AFTER);
        assertThat(cached.ask()).isTrue();
        assertThat(cached.get()).isEqualTo("document 3");
    }

    @Test
    void whoeverLooksAtItIsNotToldOfAFailureFromBeforeTheyAsked() {
        var cached =
                new Cached<>(
                        clock,
                        "a document",
                        () -> {
                            if (fetches.incrementAndGet() == 1) {
                                throw new OpenIdProviderUnavailable("It is away.", false);
                            }
                            return "document";
                        });
        assertThatThrownBy(cached::get).isInstanceOf(OpenIdProviderUnavailable.class);
        clock.advance(Cached.RETRY_AFTER.dividedBy(2));

        assertThat(cached.ask()).isTrue();

        assertThat(fetches).hasValue(2);
        assertThat(cached.health().isFailing()).isFalse();
    }

    @Test
    void whoeverLooksAtItDoesNotWaitForSomebodyElsesFetch() throws Exception {
        var isUnderWay = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var cached =
                new Cached<>(
                        clock,
                        "a document",
                        () -> {
                            isUnderWay.countDown();
                            awaitQuietly(mayEnd);
                            return "document " + fetches.incrementAndGet();
                        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> other = threads.submit(cached::get);
            isUnderWay.await();

            assertThat(cached.ask()).isFalse();
            assertThat(cached.health()).isEqualTo(DocumentHealth.NOT_ASKED);
            mayEnd.countDown();
            assertThat(other.get()).isEqualTo("document 1");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itsHealthTellsWhenItWasHadAndTheLastProblemAlsoOnceThatIsOver() {
        var cached =
                new Cached<>(
                        clock,
                        "a document",
                        () -> {
                            if (fetches.incrementAndGet() == 2) {
                                throw new OpenIdProviderUnavailable("It is away.", false);
                            }
                            return "document";
                        });
        Instant first = clock.instant();
        cached.get();
        assertThat(cached.health())
                .isEqualTo(new DocumentHealth(Optional.of(first), Optional.empty()));
        clock.advance(Cached.ASK_AFTER);

        assertThat(cached.ask()).isTrue();

        var problem = new DocumentHealth.Problem("It is away.", clock.instant());
        assertThat(cached.health())
                .isEqualTo(new DocumentHealth(Optional.of(first), Optional.of(problem)));
        assertThat(cached.health().isFailing()).isTrue();
        assertThat(cached.kept()).contains("document");
        clock.advance(Cached.ASK_AFTER);
        assertThat(cached.ask()).isTrue();
        assertThat(cached.health())
                .isEqualTo(new DocumentHealth(Optional.of(clock.instant()), Optional.of(problem)));
        assertThat(cached.health().isFailing()).isFalse();
    }
}
