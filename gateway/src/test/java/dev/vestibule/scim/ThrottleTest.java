package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.Eventually;
import dev.vestibule.resource.ScimError;
import dev.vestibule.tenant.TenantId;
import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ThrottleTest {

    private static final TenantId OKTA = new TenantId("okta");
    private static final TenantId ENTRA = new TenantId("entra");

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final Throttle throttle = new Throttle(clock, 10, Duration.ofMinutes(1));

    private static void expectRefusal(Throttle throttle, TenantId tenant, int weight, int status) {
        assertThatThrownBy(() -> throttle.enter(tenant, weight, weight > Throttle.HEAVY))
                .isInstanceOfSatisfying(
                        ScimError.class,
                        error -> {
                            assertThat(error.status()).isEqualTo(status);
                            assertThat(error.retryAfter()).isPresent();
                        });
    }

    @Test
    void aBurstPassesAndThenSoManyInASecond() {
        for (int i = 0; i < 100; i++) {
            throttle.enter(OKTA, 1, false).leave();
        }
        expectRefusal(throttle, OKTA, 1, 429);

        clock.advance(Duration.ofMillis(200));
        throttle.enter(OKTA, 1, false).leave();
        throttle.enter(OKTA, 1, false).leave();
        expectRefusal(throttle, OKTA, 1, 429);

        clock.advance(Duration.ofDays(400));
        for (int i = 0; i < 100; i++) {
            throttle.enter(OKTA, 1, false).leave();
        }
        expectRefusal(throttle, OKTA, 1, 429);
    }

    @Test
    void oneClientsBurstIsNotAnothersFault() {
        for (int i = 0; i < 100; i++) {
            throttle.enter(OKTA, 1, false).leave();
        }
        expectRefusal(throttle, OKTA, 1, 429);

        throttle.enter(ENTRA, 1, false).leave();
    }

    @Test
    void whatHasBeenDoneCountsUntilItIsSentAndOneClientHoldsHalfOfAll() {
        List<Throttle.Place> unsent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Throttle.Place place = throttle.enter(OKTA, Throttle.HEAVY, false);
            place.finish();
            unsent.add(place);
        }
        expectRefusal(throttle, OKTA, 1, 503);

        throttle.enter(ENTRA, Throttle.HEAVY, false).leave();
        unsent.getFirst().leave();
        unsent.getFirst().leave();
        throttle.enter(OKTA, Throttle.HEAVY, false).finish();
        expectRefusal(throttle, OKTA, 1, 503);
    }

    @Test
    void workWaitsForItsTurnAndTooMuchOfItIsRefused() throws Exception {
        List<Throttle.Place> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(throttle.enter(i < 2 ? OKTA : ENTRA, Throttle.HEAVY, false));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                waiting.add(
                        threads.submit(() -> throttle.enter(ENTRA, Throttle.HEAVY, false).leave()));
            }
            Eventually.await(() -> throttle.waiting() == 32);
            expectRefusal(throttle, ENTRA, 1, 503);
            waiting.add(threads.submit(() -> throttle.enter(OKTA, 1, false).leave()));
            Eventually.await(() -> throttle.waiting() == 33);

            running.forEach(Throttle.Place::leave);
            for (Future<?> turn : waiting) {
                turn.get();
            }
        }

        throttle.enter(OKTA, Throttle.HEAVY, false).leave();
    }

    @Test
    void bodiesThatAreHereAlreadyAreHeldBeforeTheirTurn() throws Exception {
        Throttle.Place one = throttle.enter(OKTA, Throttle.HEAVIEST, true);
        Throttle.Place two = throttle.enter(OKTA, Throttle.HEAVIEST, true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting =
                    threads.submit(() -> throttle.enter(OKTA, Throttle.HEAVIEST, true).leave());
            Eventually.await(() -> throttle.waiting() == 1);
            expectRefusal(throttle, OKTA, Throttle.HEAVIEST, 503);

            one.leave();
            two.leave();
            waiting.get();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Users ID,       1",
        "Users,          8",
        "Users .search,  8",
        ".search,        8",
        "Groups,         8",
        "Groups ID,      8",
        "Groups .search, 8",
    })
    void aSearchWeighsWhatManyPeopleDoWhicheverWayItIsAsked(String path, int weight) {
        assertThat(ScimHandler.weight(List.of(path.split(" ")))).isEqualTo(weight);
    }
}
