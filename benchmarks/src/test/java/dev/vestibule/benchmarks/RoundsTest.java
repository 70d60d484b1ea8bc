package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

final class RoundsTest {

    private static Turn turn(double processorMicros) {
        return new Turn(processorMicros, 1_000);
    }

    @Test
    void theRatioIsTheMedianOfEachRoundsOwnRatio() {
        // Everything is slow in the second round, and the ratio of the medians would be 2.
        Rounds rounds =
                new Rounds(
                        List.of(turn(20), turn(80), turn(15)),
                        List.of(turn(10), turn(20), turn(10)));

        assertThat(rounds.ratio(Turn::processorMicros)).isEqualTo(new Spread(2, 1.5, 4));
        assertThat(rounds.gateway(Turn::processorMicros)).isEqualTo(new Spread(20, 15, 80));
        assertThat(rounds.other(Turn::processorMicros)).isEqualTo(new Spread(10, 10, 20));
    }

    @Test
    void aRoundWithoutBothTurnsIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rounds(List.of(turn(1)), List.of()));
    }
}
