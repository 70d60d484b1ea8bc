package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SentTest {

    @Test
    void asManyOfAHundredWereAnsweredWithinThePercentile() {
        List<Double> millis = new ArrayList<>();
        for (int i = 200; i > 0; i--) {
            millis.add((double) i);
        }
        Sent sent = Sent.of(millis, Duration.ofSeconds(4), Duration.ofSeconds(1));

        assertThat(sent.percentile(50)).isEqualTo(100);
        assertThat(sent.percentile(99)).isEqualTo(198);
        assertThat(sent.percentile(100)).isEqualTo(200);
        assertThat(sent.perSecond()).isEqualTo(50);
        assertThat(sent.processorMillis()).isEqualTo(5);
    }

    @Test
    void pagesAreToldForEachEntry() {
        Sent page = Sent.of(List.of(20.0), Duration.ofMillis(20), Duration.ofMillis(10));
        Sent last = Sent.of(List.of(9.0), Duration.ofMillis(9), Duration.ofMillis(5));

        Sent all = Sent.together(List.of(page.forEachOf(100), last.forEachOf(50)));

        assertThat(all.count()).isEqualTo(150);
        assertThat(all.percentile(50)).isCloseTo(0.2, within(1e-9));
        assertThat(all.processorMillis()).isCloseTo(0.1, within(1e-9));
    }
}
