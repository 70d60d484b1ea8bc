package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

final class SpreadTest {

    @Test
    void anOddNumberHasItsMiddleForAMedian() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    }

    @Test
    void anEvenNumberHasTheMiddleOfItsMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Spread(3, 1, 100));
    }

    @Test
    void nothingHasNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }

    @Test
    void readsTheSameInEveryLanguage() {
        assertThat(new Spread(1.524, 1.469, 1.601).text(2)).isEqualTo("1.52 (1.47-1.60)");
    }
}
