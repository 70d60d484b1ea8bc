package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.oidc.RefreshedProof.Ended;
import dev.vestibule.oidc.RefreshedProof.GroupsToday;
import dev.vestibule.oidc.RefreshedProof.StillValid;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.openid.ClaimLie;
import dev.vestibule.testhouse.openid.KeySetLie;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.TokenLie;
import dev.vestibule.testhouse.openid.UserInfoLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;

class RefreshTest {

    private ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private Subject ada() {
        return new Subject(house.party.issuer(), "ada");
    }

    private Secret refreshToken() {
        return switch (house.signedIn().livenessProof()) {
            case LivenessProof.Offered(_, var token, _) -> token;
            case LivenessProof.Missing none -> throw new AssertionError(none);
            case LivenessProof.NotOffered none -> throw new AssertionError(none);
        };
    }

    private static StillValid valid(RefreshedProof proof) {
        assertThat(proof).isInstanceOf(StillValid.class);
        return (StillValid) proof;
    }

    private StillValid refreshed(Secret token) {
        return valid(house.party.refresh(token, ada()));
    }

    @Test
    void aPersonWhoIsStillThereStaysValidAndTheTokenRotates() {
        Secret first = refreshToken();
        Secret second = refreshed(first).refreshToken();

        assertThat(second).isNotEqualTo(first);
        assertThat(refreshed(second).refreshToken()).isNotEqualTo(second);
    }

    @Test
    void theGroupsOfTodayComeWithTheAnswer() {
        Secret token = refreshToken();
        house.provider.setGroups("ada", List.of("guests"));

        assertThat(refreshed(token).groups()).isEqualTo(new GroupsToday.Told(Set.of("guests")));
    }

    @Test
    void aPersonWithoutAnyGroupIsToldOfAsSuch() {
        Secret token = refreshToken();
        house.provider.setGroups("ada", List.of());

        assertThat(refreshed(token).groups()).isEqualTo(new GroupsToday.Told(Set.of()));
    }

    @Test
    void groupsThatOnlyUserInfoKnowsAreAskedThere() {
        house.close();
        house = ProviderHouse.with(options -> options.without(Feature.CLAIMS_IN_ID_TOKEN));

        assertThat(groupsFromUserInfo())
                .isEqualTo(new GroupsToday.Told(Set.of("family", "admins")));
    }

    private GroupsToday groupsFromUserInfo() {
        StillValid proof = refreshed(refreshToken());
        assertThat(proof.groups()).isInstanceOf(GroupsToday.AskUserInfo.class);
        return house.party.groups((GroupsToday.AskUserInfo) proof.groups(), ada());
    }

    @Test
    void whereUserInfoMayNotBeAskedNothingIsSaidOfGroups() {
        house.close();
        house =
                new ProviderHouse(
                        options -> options.without(Feature.CLAIMS_IN_ID_TOKEN),
                        draft -> draft.userInfo = UserInfoUse.NEVER);

        assertThat(refreshed(refreshToken()).groups()).isEqualTo(new GroupsToday.NotTold());
    }

    @Test
    void aUserInfoOfSomebodyElseIsNoAnswer() {
        house.close();
        house = ProviderHouse.with(options -> options.without(Feature.CLAIMS_IN_ID_TOKEN));
        StillValid proof = refreshed(refreshToken());
        house.provider.lie(UserInfoLie.OTHER_SUBJECT);

        assertThat(house.party.groups((GroupsToday.AskUserInfo) proof.groups(), ada()))
                .isInstanceOf(GroupsToday.OfSomebodyElse.class);
    }

    @Test
    void aUserInfoThatMakesNoSenseSaysNothing() {
        house.close();
        house = ProviderHouse.with(options -> options.without(Feature.CLAIMS_IN_ID_TOKEN));
        StillValid proof = refreshed(refreshToken());
        house.provider.lie(UserInfoLie.NOT_JSON);

        assertThat(house.party.groups((GroupsToday.AskUserInfo) proof.groups(), ada()))
                .isEqualTo(new GroupsToday.NotTold());
    }

    @Test
    void aPersonWhoWasSwitchedOffHasEnded() {
        Secret token = refreshToken();
        house.provider.disable("ada");

        assertThat(house.party.refresh(token, ada())).isEqualTo(new Ended());
    }

    private void trust(DisablementProof proof) {
        house.close();
        house =
                ProviderHouse.configured(
                        draft ->
                                draft.liveness =
                                        new LivenessConfig(
                                                true,
                                                Duration.ofMinutes(5),
                                                Duration.ofDays(7),
                                                proof,
                                                true));
    }

    @ParameterizedTest
    @EnumSource(DisablementProof.class)
    void whatAProviderSaysInWordsCountsWhereTheConfigurationTrustsThem(DisablementProof trust) {
        trust(trust);
        Secret token = refreshToken();
        house.provider.disableInWords("ada");

        assertThat(house.party.refresh(token, ada()))
                .isEqualTo(
                        trust == DisablementProof.WHEN_SAID
                                ? new RefreshedProof.Disabled()
                                : new Ended());
    }

    @Test
    void whereWordsCountASignOutIsStillNoDisablement() {
        trust(DisablementProof.WHEN_SAID);
        Secret token = refreshToken();
        house.provider.signOut("ada");

        assertThat(house.party.refresh(token, ada())).isEqualTo(new Ended());
    }

    @Test
    void anAnswerThatIsLostLeavesItOpenWhetherTheTokenIsUsedUp() {
        Secret token = refreshToken();
        house.provider.lie(TokenLie.SERVER_ERROR);

        assertThat(house.party.refresh(token, ada()))
                .isInstanceOfSatisfying(
                        RefreshedProof.Unanswered.class,
                        lost -> assertThat(lost.reason()).contains("answered 500"));
    }

    @Test
    void aProviderThatCannotBeReachedProvesNothingAndHasUsedNothingUp() {
        Secret token = refreshToken();
        house.provider.goAway();

        assertThatThrownBy(() -> house.party.refresh(token, ada()))
                .isInstanceOf(OpenIdProviderUnavailable.class);

        house.provider.comeBack();
        assertThat(house.party.refresh(token, ada())).isInstanceOf(StillValid.class);
    }

    @Test
    void aNewTokenIsNotLostWhereTheKeysAreAway() {
        Secret token = refreshToken();
        house.provider.rotateKeys();
        house.provider.lie(KeySetLie.SERVER_ERROR);

        RefreshedProof unjudged = house.party.refresh(token, ada());

        assertThat(unjudged).isInstanceOf(RefreshedProof.Unjudged.class);
        house.provider.tellTheTruth();
        house.clock.advance(Duration.ofMinutes(1));
        refreshed(((RefreshedProof.Unjudged) unjudged).refreshToken());
    }

    /// A clock is wrong, ours perhaps: nobody is signed out for that.
    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "ISSUED_IN_FUTURE", "NOT_BEFORE_IN_FUTURE"})
    void anAnswerOfAnotherTimeSaysNothingAboutThePerson(ClaimLie lie) {
        Secret token = refreshToken();
        house.provider.lie(lie);

        RefreshedProof unjudged = house.party.refresh(token, ada());

        assertThat(unjudged).isInstanceOf(RefreshedProof.Unjudged.class);
        house.provider.tellTheTruth();
        refreshed(((RefreshedProof.Unjudged) unjudged).refreshToken());
    }

    @Test
    void aTokenForLaterIsFetchedAfterASignInThatDidNotAskForIt() {
        house.close();
        house = ProviderHouse.configured(draft -> draft.scopes = List.of("openid", "groups"));

        assertThat(house.party.wantsOfflineAccess()).isTrue();
        assertThat(house.signedIn().livenessProof()).isEqualTo(new LivenessProof.Missing("home"));
        String query =
                house.party.begin(ProviderHouse.CALLBACK, Prompt.SILENT).location().getQuery();
        assertThat(query).contains("prompt=none").contains("scope=openid+groups+offline_access");
    }

    /// As at Keycloak, where the token of the sign-in itself ends with the browser's session there.
    @Test
    void theTokenOfASignInLastsOnlyWhereNoneIsFetchedAfterIt() {
        house.close();
        house =
                new ProviderHouse(
                        options -> options.with(Feature.REFRESH_TOKEN_ALWAYS),
                        draft -> draft.scopes = List.of("openid", "groups"));

        assertThat(isLasting(house.signIn())).isFalse();
        assertThat(isLasting(fetchedAfterwards())).isTrue();

        house.close();
        house = new ProviderHouse();
        assertThat(isLasting(house.signIn())).isTrue();
    }

    /// As if the browser, which keeps no cookies here, had been sent once more.
    private SignInResult fetchedAfterwards() {
        AuthorizationStart start = house.begin();
        PendingSignIn begun = start.pending();
        return house.party.complete(
                house.walk(start),
                new PendingSignIn(
                        begun.state(),
                        begun.nonce(),
                        begun.codeVerifier(),
                        begun.redirectUri(),
                        begun.issuer(),
                        Prompt.SILENT,
                        begun.begunAt()));
    }

    private static boolean isLasting(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.Verified.class);
        LivenessProof proof = ((SignInResult.Verified) result).identity().livenessProof();
        assertThat(proof).isInstanceOf(LivenessProof.Offered.class);
        return ((LivenessProof.Offered) proof).isLasting();
    }

    @Test
    void nothingIsFetchedForLaterWhereTheSignInAsksForItOrTheConfigurationForbidsIt() {
        assertThat(house.party.wantsOfflineAccess()).isFalse();
        house.close();
        house =
                ProviderHouse.configured(
                        draft -> {
                            draft.scopes = List.of("openid");
                            draft.liveness =
                                    new LivenessConfig(
                                            true,
                                            Duration.ofMinutes(5),
                                            Duration.ofDays(7),
                                            DisablementProof.NEVER,
                                            false);
                        });

        assertThat(house.party.wantsOfflineAccess()).isFalse();
        assertThat(house.signedIn().livenessProof()).isEqualTo(new LivenessProof.NotOffered());
    }

    @Test
    void aProviderWithoutRefreshTokensOffersNoProof() {
        house.close();
        house = ProviderHouse.with(options -> options.without(Feature.OFFLINE_ACCESS));

        assertThat(house.signedIn().livenessProof()).isEqualTo(new LivenessProof.Missing("home"));
        assertThat(house.party.wantsOfflineAccess()).isFalse();
    }

    @Test
    void aPersonOfAnotherIssuerIsABug() {
        Subject stranger = new Subject(new Issuer("https://other.example.org"), "ada");

        assertThatThrownBy(() -> house.party.refresh(new Secret("x"), stranger))
                .isInstanceOf(IllegalStateException.class);
    }
}
