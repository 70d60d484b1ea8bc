package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.FreshSignIn;
import dev.vestibule.oidc.SignInResult.Rejected;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.testhouse.openid.ClaimLie;
import dev.vestibule.testhouse.openid.ProviderOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;

/// A fresh sign-in at providers that do not say when somebody signed in.
class AuthTimeTest {

    private static final Duration BEYOND_SKEW = TokenClaims.SKEW.plusSeconds(1);

    private ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void moveToGoogle(FreshSignIn proof) {
        house.close();
        house =
                new ProviderHouse(
                        ProviderOptions::likeGoogle, config -> config.freshSignIn = proof);
    }

    private Instant authTime(Prompt prompt) {
        SignInResult result = house.signIn(prompt);
        assertThat(result).isInstanceOf(Verified.class);
        return ((Verified) result).identity().authTime();
    }

    private static void assertTooOld(SignInResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.reason())
                                        .isEqualTo(RejectionReason.AUTHENTICATION_TOO_OLD));
    }

    @Test
    void nobodyIsFreshThereUnlessTheConfigurationSaysHow() {
        moveToGoogle(FreshSignIn.AUTH_TIME);

        assertTooOld(house.signIn(Prompt.FRESH_LOGIN));
        assertThat(authTime(Prompt.AS_NEEDED)).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMPT_LOGIN", "SELECT_ACCOUNT"})
    void theAnswerToOurQuestionProvesItWhereTheConfigurationSaysSo(FreshSignIn proof) {
        moveToGoogle(proof);

        assertThat(authTime(Prompt.FRESH_LOGIN)).isEqualTo(house.clock.instant());
    }

    /// Attack: a browser that is signed in at the provider gets an answer without a question.
    @ParameterizedTest
    @EnumSource(
            value = Prompt.class,
            names = {"AS_NEEDED", "SELECT_ACCOUNT"})
    void anAnswerToAnyOtherQuestionProvesNothing(Prompt prompt) {
        moveToGoogle(FreshSignIn.SELECT_ACCOUNT);

        assertThat(authTime(prompt)).isEqualTo(Instant.EPOCH);
    }

    /// Attack: what was issued before we asked answers nothing of ours.
    @Test
    void anIdTokenFromBeforeWeAskedProvesNothing() {
        moveToGoogle(FreshSignIn.PROMPT_LOGIN);
        AuthorizationStart start = house.party.begin(ProviderHouse.CALLBACK, Prompt.FRESH_LOGIN);
        AuthorizationResponseParameters answer = house.walk(start);

        assertTooOld(house.party.complete(answer, begunLater(start.pending(), BEYOND_SKEW)));
    }

    private static PendingSignIn begunLater(PendingSignIn pending, Duration by) {
        return new PendingSignIn(
                pending.state(),
                pending.nonce(),
                pending.codeVerifier(),
                pending.redirectUri(),
                pending.issuer(),
                pending.prompt(),
                pending.begunAt().plus(by));
    }

    @ParameterizedTest
    @EnumSource(FreshSignIn.class)
    void whatTheProviderSaysCountsWhateverIsConfigured(FreshSignIn proof) {
        house.close();
        house = ProviderHouse.configured(config -> config.freshSignIn = proof);
        house.provider.lie(ClaimLie.STALE_AUTH_TIME);

        assertTooOld(house.signIn(Prompt.FRESH_LOGIN));
    }

    /// Attack: it would be recent for hours.
    @Test
    void aTimeAheadOfOursProvesNothing() {
        house.provider.lie(ClaimLie.FUTURE_AUTH_TIME);

        assertThat(authTime(Prompt.AS_NEEDED)).isEqualTo(Instant.EPOCH);
        assertTooOld(house.signIn(Prompt.FRESH_LOGIN));
    }

    @Test
    void googleIsAskedForNothingThatItDoesNotKnow() {
        moveToGoogle(FreshSignIn.SELECT_ACCOUNT);

        String query =
                house.party.begin(ProviderHouse.CALLBACK, Prompt.FRESH_LOGIN).location().getQuery();

        assertThat(query).contains("prompt=select_account").doesNotContain("max_age", "login");
    }
}
