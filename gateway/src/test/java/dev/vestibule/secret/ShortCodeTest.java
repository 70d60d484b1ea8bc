package dev.vestibule.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ShortCodeTest {

    private final Secrets secrets = new Secrets();

    @Test
    void holdsNothingThatIsMistakenForSomethingElse() {
        String many =
                Stream.generate(() -> ShortCode.random(secrets))
                        .limit(2_000)
                        .map(ShortCode::value)
                        .collect(Collectors.joining());

        assertThat(many).hasSize(16_000).matches("[2-9A-HJKMNP-TV-Z]+");
        assertThat(many.chars().distinct().count()).isEqualTo(30);
    }

    @Test
    void isShownInTwoGroupsAndNeverPrinted() {
        ShortCode code = new ShortCode("K7QX4M2P");

        assertThat(code.grouped()).isEqualTo("K7QX-4M2P");
        assertThat(code.toString()).doesNotContain("K7QX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "K7QX4M2P",
                "K7QX-4M2P",
                " k7qx 4m2p\n",
                "K7QX\u20134M2P",
                "K7QX\u00ad4M2P",
                "K-7-Q-X-4-M-2-P"
            })
    void isReadAsPeopleTypeIt(String typed) {
        assertThat(ShortCode.read(typed)).isEqualTo(Optional.of(new ShortCode("K7QX4M2P")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "K7QX4M2",
                "K7QX4M2PP",
                "K7QX4M20",
                "K7QX4M2O",
                "K7QX4M2\u0399",
                "K7QX_4M2P",
                "--------"
            })
    void isNothingElse(String typed) {
        assertThat(ShortCode.read(typed)).isEmpty();
    }

    @Test
    void isNotReadFromWhatIsLong() {
        assertThat(ShortCode.read("K7QX4M2P" + " ".repeat(57))).isEmpty();
        assertThatThrownBy(() -> new ShortCode("k7qx4m2p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("k7qx");
    }
}
