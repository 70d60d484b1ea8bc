package dev.vestibule.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

final class DatabaseProbeTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void tellsWhatTheDatabaseSays() {
        assertThat(new DatabaseProbe(Map::of, LONG).ask()).hasValue(Map.of());
    }

    @Test
    void aDatabaseThatRefusesDoesNotAnswer() {
        TestFacts facts = new TestFacts();
        facts.close();

        assertThat(new DatabaseProbe(facts.outbox::standings, LONG).ask()).isEmpty();
    }

    /// Attack: whoever may ask asks a thousand times while the database hangs.
    @Test
    void howeverManyAskADatabaseThatHangsIsAskedOnceAndAnewWhenItAnswered() {
        AtomicInteger questions = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        DatabaseProbe probe =
                new DatabaseProbe(
                        () -> {
                            questions.incrementAndGet();
                            await(goOn);
                            return Map.of();
                        },
                        Duration.ofMillis(1));

        for (int i = 0; i < 100; i++) {
            assertThat(probe.ask()).isEmpty();
        }
        assertThat(questions).hasValueLessThanOrEqualTo(1);

        goOn.countDown();
        while (probe.ask().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(questions).hasValueGreaterThanOrEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
