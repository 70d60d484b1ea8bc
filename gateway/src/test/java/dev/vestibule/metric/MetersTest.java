package dev.vestibule.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

final class MetersTest {

    private enum Weather {
        SUNNY,
        VERY_WET
    }

    private enum Place {
        HERE,
        THERE
    }

    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void whatWasNeverCountedIsZeroFromTheBeginning() {
        Tally<Weather> days = meters.tally("days", "Days", "weather", Weather.class);

        days.add(Weather.VERY_WET);
        days.add(Weather.VERY_WET);

        assertThat(meters.text().lines())
                .contains(
                        "days_total{weather=\"sunny\"} 0.0",
                        "days_total{weather=\"very-wet\"} 2.0");
    }

    @Test
    void countsByTwoThingsAtOnce() {
        PairTally<Place, Weather> days =
                meters.tally(
                        "days",
                        "Days",
                        Map.entry("place", Place.class),
                        Map.entry("weather", Weather.class));

        days.add(Place.THERE, Weather.SUNNY);

        assertThat(meters.text().lines())
                .contains(
                        "days_total{place=\"there\",weather=\"sunny\"} 1.0",
                        "days_total{place=\"here\",weather=\"sunny\"} 0.0");
    }

    @Test
    void tellsHowManyWereWithinABound() {
        Timings<Weather> walks =
                meters.timings(
                        "walk",
                        "Walks",
                        "weather",
                        Weather.class,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)));

        walks.record(Weather.SUNNY, TimeUnit.SECONDS.toNanos(3));

        assertThat(meters.text().lines())
                .contains(
                        "walk_seconds_bucket{weather=\"sunny\",le=\"1.0\"} 0",
                        "walk_seconds_bucket{weather=\"sunny\",le=\"5.0\"} 1",
                        "walk_seconds_count{weather=\"sunny\"} 1",
                        "walk_seconds_sum{weather=\"sunny\"} 3.0");
    }

    @Test
    void wordsThatSomebodyElseChoseAfterAllAreOneSeriesTogether() {
        WordTally reasons = meters.words("refusals", "Refusals", "reason");
        reasons.add("ours");

        IntStream.range(0, 10_000).forEach(number -> reasons.add("theirs-" + number));
        reasons.add("ours");

        List<String> series =
                meters.text().lines().filter(line -> line.startsWith("refusals_total{")).toList();
        assertThat(series)
                .hasSize(WordTally.WORDS_MAX + 1)
                .contains(
                        "refusals_total{reason=\"ours\"} 2.0",
                        "refusals_total{reason=\"other\"} "
                                + (10_000.0 - (WordTally.WORDS_MAX - 1)));
    }

    @Test
    void aReadingIsTakenWhenSomebodyAsks() {
        int[] height = {3};
        meters.reading("water", "Water", "river", "rhine", () -> height[0]);
        assertThat(meters.text()).contains("water{river=\"rhine\"} 3.0\n");

        height[0] = 4;

        assertThat(meters.text()).contains("water{river=\"rhine\"} 4.0\n");
    }
}
