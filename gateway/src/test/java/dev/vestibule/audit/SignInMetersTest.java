package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.metric.Meters;
import dev.vestibule.session.SignInWay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is counted of sign-ins. That rooms say the right way, their own tests and those of a whole
/// house show.
class SignInMetersTest {

    private final Meters meters = new Meters();
    private final SignInMeters signIns = new SignInMeters(meters);

    private void refuse(String way) {
        signIns.count(new AuditEvent.SignInRefused("home", way, "ada", "no-role", "a1-1"));
    }

    private void assertCounted(String outcome, String way) {
        assertThat(meters.text())
                .contains(
                        "vestibule_sign_ins_total{outcome=\"%s\",way=\"%s\"} 1"
                                .formatted(outcome, way));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsCountedWithTheWayThatWasTried(WayIn way) {
        refuse(way.code());

        assertCounted("refused", way.code());
    }

    @ParameterizedTest
    @EnumSource
    void theWayOfASessionIsOneOfTheWaysIn(SignInWay way) {
        signIns.count(
                new AuditEvent.SignedIn("id", "home", "issuer", "s", way.stored(), "a browser"));
        refuse(way.stored());

        assertCounted("done", way.stored());
        assertCounted("refused", way.stored());
    }

    @Test
    void aProgramThatIsTurnedAwayTriedNoWay() {
        refuse("");

        assertCounted("refused", "other");
    }

    /// Attack: a word that somebody chose makes a time series.
    @Test
    void aWordThatIsNoWayMakesNoSeries() {
        long before = meters.text().lines().count();

        refuse("a-way-of-their-own");

        assertThat(meters.text().lines().count()).isEqualTo(before);
        assertCounted("refused", "other");
    }
}
