package dev.vestibule.emergency;

import static dev.vestibule.TestFacts.CABIN;
import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.emergency.BreakGlassStore.TryResult;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.Reach;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class BreakGlassStoreTest {

    private static final String FROM = "192.0.2.7";
    private static final TokenHash WRONG = TokenHash.of("wrong");

    private final TestFacts facts = new TestFacts();
    private final BreakGlassStore store =
            new BreakGlassStore(facts.clock, facts.database, facts.audit);
    private final Secret code = BreakGlassCode.next(facts.secrets);
    private final TokenHash right = BreakGlassCode.hash(code);

    @AfterEach
    void close() {
        facts.close();
    }

    private TryResult attempt(TokenHash typed) {
        return store.attempt(HOME, typed, true, FROM);
    }

    @Test
    void aCodeOfOneHomeIsNothingAtAnother() {
        store.put(HOME, right, false);

        assertThat(store.attempt(CABIN, right, true, FROM)).isEqualTo(new TryResult.Wrong());
        assertThat(attempt(right)).isEqualTo(new TryResult.Right(Reach.HOME));
    }

    @Test
    void wrongOnesDoNotEndIt() {
        store.put(HOME, right, false);
        for (int i = 0; i < 100; i++) {
            assertThat(attempt(WRONG)).isEqualTo(new TryResult.Wrong());
        }

        assertThat(attempt(right)).isEqualTo(new TryResult.Right(Reach.HOME));
        assertThat(attempt(right)).isEqualTo(new TryResult.Wrong());
    }

    @Test
    void aNewCodeEndsTheOneBefore() {
        store.put(HOME, right, false);
        store.put(HOME, WRONG, false);

        assertThat(attempt(right)).isEqualTo(new TryResult.Wrong());
    }

    @Test
    void aCodeRunsOutAndIsSwept() {
        store.put(HOME, right, true);
        facts.clock.advance(Duration.ofMinutes(15));

        assertThat(attempt(right)).isEqualTo(new TryResult.Wrong());
        assertThat(store.sweep()).isEqualTo(1);
    }

    @Test
    void aCodeForHomeOnlyOpensNothingElsewhereAndStaysGood() {
        store.put(HOME, right, false);

        assertThat(store.attempt(HOME, right, false, FROM)).isEqualTo(new TryResult.NotFromThere());
        assertThat(store.attempt(HOME, WRONG, false, FROM)).isEqualTo(new TryResult.Wrong());
        assertThat(attempt(right)).isEqualTo(new TryResult.Right(Reach.HOME));
    }

    @Test
    void aCodeForAnywhereOpensAnywhere() {
        store.put(HOME, right, true);

        assertThat(store.attempt(HOME, right, false, FROM))
                .isEqualTo(new TryResult.Right(Reach.ANYWHERE));
    }

    @Test
    void aCodeHasEightGroupsOfFourAndIsReadHoweverItIsWritten() {
        String written = code.reveal();

        assertThat(written).matches("([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(BreakGlassCode.read(written.replace("-", ""))).contains(right);
        assertThat(
                        BreakGlassCode.read(
                                written.replace('0', 'o').replace('1', 'l').replace("-", " - ")))
                .contains(right);
        assertThat(BreakGlassCode.read(written + "0")).isEmpty();
        assertThat(BreakGlassCode.read(written.substring(1))).isEmpty();
        assertThat(BreakGlassCode.read("é".repeat(32))).isEmpty();
        assertThat(BreakGlassCode.read("0".repeat(1_000))).isEmpty();
    }
}
