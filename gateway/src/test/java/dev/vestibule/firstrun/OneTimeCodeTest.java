package dev.vestibule.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.firstrun.OneTimeCode.Attempt;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class OneTimeCodeTest {

    private static final String WRONG = "2222-2222";

    private final List<ShortCode> shown = new ArrayList<>();
    private final OneTimeCode code = new OneTimeCode(new Secrets(), shown::add);

    OneTimeCodeTest() {
        code.open();
    }

    private void tryWrong(int times) {
        for (int i = 0; i < times; i++) {
            var _ = code.attempt(WRONG);
        }
    }

    @Test
    void letsOneBrowserInAndThenNone() {
        String typed = shown.getLast().grouped();

        Attempt first = code.attempt(typed);
        Attempt second = code.attempt(typed);

        assertThat(first).isInstanceOf(Attempt.Right.class);
        assertThat(second).isEqualTo(new Attempt.Spent());
        String known = ((Attempt.Right) first).browser().reveal();
        assertThat(code.isBrowser(Optional.of(known))).isTrue();
        assertThat(code.isBrowser(Optional.of(known + "x"))).isFalse();
        assertThat(code.isBrowser(Optional.empty())).isFalse();
    }

    @Test
    void isTypedAsPeopleTypeIt() {
        assertThat(code.attempt(" " + shown.getLast().value().toLowerCase(Locale.ROOT) + " "))
                .isInstanceOf(Attempt.Right.class);
    }

    @Test
    void nobodyIsABrowserBeforeTheCode() {
        assertThat(code.isBrowser(Optional.empty())).isFalse();
        assertThat(code.isBrowser(Optional.of(""))).isFalse();
    }

    @Test
    void afterTooManyTriesTheCodeIsAnother() {
        String before = shown.getLast().grouped();
        tryWrong(OneTimeCode.TRIES_MAX - 1);

        assertThat(code.attempt(WRONG)).isEqualTo(new Attempt.Replaced());
        assertThat(code.attempt(before)).isEqualTo(new Attempt.Wrong());
        assertThat(code.attempt(shown.getLast().grouped())).isInstanceOf(Attempt.Right.class);
    }

    @Test
    void whatCannotBeACodeIsATryToo() {
        for (int i = 0; i < OneTimeCode.TRIES_MAX; i++) {
            var _ = code.attempt("");
        }

        assertThat(shown).hasSize(2);
    }

    @Test
    void whoeverIsFasterThanTheConsoleTriesACode() {
        OneTimeCode early = new OneTimeCode(new Secrets(), shown::add);

        assertThat(early.attempt(WRONG)).isEqualTo(new Attempt.Wrong());
    }

    @Test
    void afterTooManyCodesThereIsNoOther() {
        tryWrong(OneTimeCode.TRIES_MAX * OneTimeCode.CODES_MAX - 1);

        assertThat(code.attempt(WRONG)).isEqualTo(new Attempt.GivenUp());
        assertThat(code.attempt(shown.getLast().grouped())).isEqualTo(new Attempt.GivenUp());
        assertThat(new HashSet<>(shown)).hasSize(OneTimeCode.CODES_MAX);
    }
}
