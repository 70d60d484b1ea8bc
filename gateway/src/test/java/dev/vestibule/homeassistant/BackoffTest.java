package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.secret.Secrets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class BackoffTest {

    private final Backoff backoff =
            new Backoff(new Secrets(), Duration.ofSeconds(1), Duration.ofSeconds(60));

    @Property
    void waitsHalfToWholeOfADoublingTime(@ForAll @IntRange(min = 0, max = 40) int earlier) {
        var fresh = new Backoff(new Secrets(), Duration.ofSeconds(1), Duration.ofSeconds(60));
        for (int i = 0; i < earlier; i++) {
            fresh.next();
        }
        Duration whole = Duration.ofSeconds(Math.min(60, 1L << Math.min(earlier, 10)));

        assertThat(fresh.next()).isBetween(whole.dividedBy(2), whole);
    }

    @Test
    void beginsAgainAfterASuccess() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
