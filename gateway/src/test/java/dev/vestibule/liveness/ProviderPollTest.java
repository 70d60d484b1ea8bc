package dev.vestibule.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.Role;
import dev.vestibule.oidc.RejectionReason;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.KeySetLie;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.TokenLie;
import dev.vestibule.testhouse.openid.UserInfoLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What becomes of people, by what their provider says when it is asked.
class ProviderPollTest {

    private LivenessHouse house = new LivenessHouse(DisablementProof.NEVER);

    @AfterEach
    void close() {
        house.close();
    }

    private void believing(DisablementProof proof) {
        house.close();
        house = new LivenessHouse(proof);
    }

    private Instant provenAt(Account account) {
        return house.facts.proofs.lastProven().getOrDefault(account.id(), Instant.EPOCH);
    }

    private Set<SuspendedBy> suspendedBy(Account account) {
        return house.facts.database.read(
                handle -> house.facts.accounts.suspendedBy(handle, account.id()));
    }

    private int questions() {
        return (int)
                house.provider.requests(Endpoint.TOKEN).stream()
                        .filter(
                                request ->
                                        request.parameter("grant_type")
                                                .filter("refresh_token"::equals)
                                                .isPresent())
                        .count();
    }

    private Set<String> tokensUsed() {
        return house.provider.requests(Endpoint.TOKEN).stream()
                .flatMap(request -> request.parameter("refresh_token").stream())
                .collect(Collectors.toSet());
    }

    @Test
    void whomTheProviderStillKnowsIsVouchedForAgain() {
        Account ben = house.signIn("ben");

        assertThat(house.askEverybody()).isTrue();

        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
        assertThat(house.sessionsOf(ben)).hasSize(1);
    }

    @Test
    void nobodyIsAskedAboutBeforeTheInterval() {
        house.signIn("ben");
        house.facts.clock.advance(Duration.ofMinutes(3));

        house.round();

        assertThat(questions()).isZero();
    }

    @Test
    void theTokenRotatesFromQuestionToQuestion() {
        Account ben = house.signIn("ben");

        house.askEverybody();
        house.askEverybody();
        house.askEverybody();

        assertThat(questions()).isEqualTo(3);
        assertThat(tokensUsed()).hasSize(3);
        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
    }

    @Test
    void aRefusalEndsTheProofAndNothingElseAtFirst() {
        Account ben = house.signIn("ben");
        house.provider.signOut("ben");

        house.askEverybody();
        house.askEverybody();

        assertThat(questions()).isOne();
        assertThat(house.account(ben).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.sessionsOf(ben)).hasSize(1);
        assertThat(house.audited()).contains("ProofEnded");
    }

    @Test
    void afterAWhileWithoutAProofTheBrowsersFromThatProviderAreSignedOut() {
        Account ben = house.signIn("ben");
        house.provider.signOut("ben");
        house.askEverybody();
        house.facts.clock.advance(LivenessHouse.MAX_AGE);

        house.round();

        assertThat(house.sessionsOf(ben)).isEmpty();
        assertThat(house.account(ben).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(ben)).contains(Role.USER);
        assertThat(house.audited()).contains("SessionEnded");
    }

    @Test
    void whoeverSignsInAnewInTimeIsVouchedForAgain() {
        Account ben = house.signIn("ben");
        house.provider.signOut("ben");
        house.askEverybody();
        house.facts.clock.advance(LivenessHouse.MAX_AGE.minusHours(1));
        house.signIn("ben");
        house.facts.clock.advance(Duration.ofHours(2));

        house.round();

        assertThat(house.sessionsOf(ben)).hasSize(2);
        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
    }

    @Test
    void aRefusalShutsOutWhereItProvesThatThePersonIsDisabled() {
        believing(DisablementProof.ALWAYS);
        Account ben = house.signIn("ben");
        house.provider.disable("ben");

        house.askEverybody();

        assertThat(house.account(ben).state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(suspendedBy(ben)).contains(SuspendedBy.PROVIDER);
        assertThat(house.sessionsOf(ben)).isEmpty();
        assertThat(house.facts.proofs.lastProven()).isEmpty();
        assertThat(house.audited()).contains("AccountSuspended");
    }

    @Test
    void whereTheProviderHasToSayItOnlyThatShutsOut() {
        believing(DisablementProof.WHEN_SAID);
        Account ben = house.signIn("ben");
        Account ada = house.signIn("ada");
        house.provider.signOut("ada");
        house.provider.disableInWords("ben");

        house.askEverybody();

        assertThat(house.account(ben).state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(house.account(ada).state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void nobodyElseIsTouchedByADisablement() {
        believing(DisablementProof.ALWAYS);
        Account ben = house.signIn("ben");
        Account ada = house.signIn("ada");
        house.provider.disable("ben");

        house.askEverybody();

        assertThat(house.account(ben).state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(house.account(ada).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.sessionsOf(ada)).hasSize(1);
    }

    @Test
    void theLastAdministratorLosesTheirBrowsersAndSomebodyHearsOfItOnce() {
        believing(DisablementProof.WHEN_SAID);
        Account ada = house.signIn("ada");
        house.provider.disableInWords("ada");

        house.askEverybody();
        house.askEverybody();

        assertThat(house.account(ada).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.sessionsOf(ada)).isEmpty();
        assertThat(house.audited()).containsOnlyOnce("LivenessAlarm");
        assertThat(house.alarms().getFirst()).contains("\"reason\":\"last-administrator-home\"");
    }

    @Test
    void theLastAdministratorIsShutOutAsSoonAsThereIsAnother() {
        believing(DisablementProof.WHEN_SAID);
        Account ada = house.signIn("ada");
        house.provider.disableInWords("ada");
        house.askEverybody();

        house.signIn("zoe");
        house.askEverybody();

        assertThat(house.account(ada).state()).isEqualTo(AccountState.SUSPENDED);
    }

    @Test
    void aProviderThatCannotBeReachedEndsTheRoundAndProvesNothing() {
        believing(DisablementProof.ALWAYS);
        List<Account> all = List.of(house.signIn("ben"), house.signIn("ada"), house.signIn("zoe"));
        house.provider.goAway();

        assertThat(house.askEverybody()).isFalse();
        assertThat(house.askEverybody()).isFalse();

        assertThat(all)
                .allSatisfy(
                        account -> {
                            assertThat(house.account(account).isActive()).isTrue();
                            assertThat(house.sessionsOf(account)).hasSize(1);
                        });
        house.provider.comeBack();
        assertThat(house.askEverybody()).isTrue();
        assertThat(all)
                .allSatisfy(
                        account ->
                                assertThat(provenAt(account))
                                        .isEqualTo(house.facts.clock.instant()));
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenLie.class,
            names = {"SERVER_ERROR", "HTML", "HUGE", "SLOW", "OTHER_TOKEN_TYPE", "REDIRECT"})
    void anAnswerThatMakesNoSenseProvesNothing(TokenLie lie) {
        believing(DisablementProof.ALWAYS);
        Account ben = house.signIn("ben");
        house.provider.lie(lie);

        assertThat(house.askEverybody()).isFalse();

        assertThat(house.account(ben).isActive()).isTrue();
        assertThat(house.sessionsOf(ben)).hasSize(1);
        assertThat(house.facts.proofs.lastProven()).containsKey(ben.id());
    }

    @Test
    void pausesGrowWhileTheProviderIsAwayAndEndWithThat() {
        List<Duration> pauses =
                IntStream.range(0, 30).mapToObj(_ -> house.poll.pauseAfter(false)).toList();

        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(40));
        assertThat(pauses.subList(10, 30))
                .allSatisfy(
                        pause ->
                                assertThat(pause)
                                        .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10)));
        assertThat(house.poll.pauseAfter(true)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(house.poll.pauseAfter(false)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void peopleWhoSignedInTogetherAreNotAskedAboutTogetherForEver() {
        Pace pace = new Pace(house.facts.clock, house.facts.secrets, LivenessHouse.CHECK_EVERY);
        Instant now = house.facts.clock.instant();

        Set<Instant> moments =
                IntStream.range(0, 200).mapToObj(_ -> pace.checkedAt()).collect(Collectors.toSet());

        assertThat(moments)
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        moment ->
                                assertThat(moment)
                                        .isBetween(
                                                now.minus(Duration.ofMinutes(1)),
                                                now.plus(Duration.ofMinutes(1))));
    }

    @Test
    void anOutageLastsAsLongAsItLikesAndSignsNobodyOut() {
        Account ben = house.signIn("ben");
        house.provider.goAway();
        house.facts.clock.advance(LivenessHouse.MAX_AGE.multipliedBy(2));

        assertThat(house.round()).isFalse();

        assertThat(house.sessionsOf(ben)).hasSize(1);
    }

    /// The provider rotated and its answer was lost: it takes the next use of the old token for
    /// theft, whoever the person is.
    @Test
    void aTokenWhoseAnswerWasLostIsNotHeldAgainstItsPerson() {
        believing(DisablementProof.ALWAYS);
        Account ben = house.signIn("ben");
        house.provider.lie(TokenLie.SERVER_ERROR);
        house.askEverybody();
        house.provider.tellTheTruth();

        assertThat(house.askEverybody()).isTrue();

        assertThat(questions()).isEqualTo(2);
        assertThat(house.account(ben).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.sessionsOf(ben)).hasSize(1);
        assertThat(house.audited()).contains("ProofEnded").doesNotContain("AccountSuspended");
    }

    @Test
    void aCrashBetweenTheAnswerAndItsStoringIsNotHeldAgainstThePerson() {
        believing(DisablementProof.ALWAYS);
        Account ben = house.signIn("ben");
        house.facts.clock.advance(LivenessHouse.SURELY_DUE);
        ClaimedProof asked = house.claims.claimNext("op", LivenessHouse.CHECK_EVERY).orElseThrow();
        house.party.refresh(house.claims.open(asked), asked.person());

        house.poll = house.newPoll();
        house.round();

        assertThat(questions()).isEqualTo(2);
        assertThat(house.account(ben).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.sessionsOf(ben)).hasSize(1);
    }

    @Test
    void aNewTokenIsKeptWhereItsAnswerCannotBeJudgedYet() {
        Account ben = house.signIn("ben");
        house.provider.rotateKeys();
        house.provider.lie(KeySetLie.SERVER_ERROR);

        assertThat(house.askEverybody()).isFalse();
        assertThat(provenAt(ben)).isBefore(house.facts.clock.instant());

        house.provider.tellTheTruth();
        assertThat(house.askEverybody()).isTrue();
        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenLie.class,
            names = {"REFRESH_OTHER_SUBJECT", "REFRESH_OTHER_ISSUER", "REFRESH_OTHER_AUDIENCE"})
    void anAnswerAboutSomebodyElseSignsOutAtOnceAndIsAnAlarm(TokenLie lie) {
        Account ben = house.signIn("ben");
        Account ada = house.signIn("ada");
        house.provider.lie(lie);
        house.facts.clock.advance(LivenessHouse.SURELY_DUE);

        house.round();

        assertThat(house.sessionsOf(ben)).isEmpty();
        assertThat(house.sessionsOf(ada)).isEmpty();
        assertThat(house.account(ben).isActive()).isTrue();
        assertThat(house.alarms())
                .isNotEmpty()
                .allMatch(alarm -> alarm.matches(".*\"reason\":\"[a-z]+_mismatch\".*"));
    }

    @Test
    void whoHasLostTheirGroupIsOut() {
        Account ben = house.signIn("ben");
        house.provider.setGroups("ben", List.of("strangers"));

        house.askEverybody();

        assertThat(house.roleOf(ben)).isEmpty();
        assertThat(house.sessionsOf(ben)).isEmpty();
        assertThat(house.account(ben).isActive()).isTrue();
    }

    @Test
    void anotherGroupIsAnotherRole() {
        Account ada = house.signIn("ada");
        Account ben = house.signIn("ben");
        house.provider.setGroups("ada", List.of("family"));
        house.provider.setGroups("ben", List.of("admins"));

        house.askEverybody();

        assertThat(house.roleOf(ada)).contains(Role.USER);
        assertThat(house.roleOf(ben)).contains(Role.ADMIN);
        assertThat(house.audited()).contains("RoleChanged");
    }

    /// Keycloak leaves the claim out where somebody is in no group at all.
    @Test
    void whoIsInNoGroupAnyMoreIsOut() {
        Account ben = house.signIn("ben");
        house.provider.setGroups("ben", List.of());

        house.askEverybody();

        assertThat(house.roleOf(ben)).isEmpty();
        assertThat(house.sessionsOf(ben)).isEmpty();
    }

    @Test
    void groupsThatStandInUserInfoOnlyCountToo() {
        house.close();
        house =
                new LivenessHouse(
                        DisablementProof.NEVER,
                        options -> options.without(Feature.CLAIMS_IN_ID_TOKEN));
        Account ben = house.signIn("ben");
        house.provider.setGroups("ben", List.of("strangers"));

        house.askEverybody();

        assertThat(house.roleOf(ben)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = UserInfoLie.class,
            names = {"SERVER_ERROR", "NOT_JSON", "REDIRECT"})
    void whereUserInfoIsAwayTheProofHoldsAndRolesStay(UserInfoLie lie) {
        house.close();
        house =
                new LivenessHouse(
                        DisablementProof.NEVER,
                        options -> options.without(Feature.CLAIMS_IN_ID_TOKEN));
        Account ben = house.signIn("ben");
        house.provider.lie(lie);

        assertThat(house.askEverybody()).isTrue();

        assertThat(house.roleOf(ben)).contains(Role.USER);
        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
    }

    @Test
    void aSignInDuringAQuestionIsStrongerThanItsAnswer() {
        Account ben = house.signIn("ben");
        house.provider.signOut("ben");
        house.facts.clock.advance(LivenessHouse.SURELY_DUE);
        ClaimedProof asked = house.claims.claimNext("op", LivenessHouse.CHECK_EVERY).orElseThrow();
        house.signIn("ben");

        house.consequences.disabled(asked, "op", house.facts.clock.instant());
        house.consequences.mismatch(asked, RejectionReason.SUBJECT_MISMATCH, "ada");
        house.consequences.vouchedWith(
                asked, "op", Set.of("strangers"), house.facts.clock.instant());
        house.consequences.ended(asked, "op", EndReason.INVALID_GRANT);

        assertThat(house.account(ben).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(house.roleOf(ben)).contains(Role.USER);
        assertThat(house.sessionsOf(ben)).hasSize(2);
        house.askEverybody();
        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
    }

    @Test
    void aClockThatJumpsBackMakesNobodyWaitAndNobodyLapse() {
        Account ben = house.signIn("ben");
        house.askEverybody();
        house.facts.clock.advance(Duration.ofDays(-30));

        assertThat(house.round()).isTrue();

        assertThat(house.sessionsOf(ben)).hasSize(1);
        assertThat(house.account(ben).isActive()).isTrue();
    }

    @Test
    void aClockThatJumpsAheadAsksEverybodyAndEndsNobody() {
        Account ben = house.signIn("ben");
        house.facts.clock.advance(Duration.ofDays(20));

        assertThat(house.round()).isTrue();

        assertThat(provenAt(ben)).isEqualTo(house.facts.clock.instant());
        assertThat(house.account(ben).isActive()).isTrue();
    }

    @Test
    void manyPeopleAreAskedAboutEachOnce() {
        for (int i = 0; i < 25; i++) {
            house.provider.addPerson(Person.of("p" + i, "P").withGroups("family"));
            house.signIn("p" + i);
        }

        assertThat(house.askEverybody()).isTrue();

        assertThat(questions()).isEqualTo(25);
        assertThat(tokensUsed()).hasSize(25);
        assertThat(house.facts.proofs.lastProven().values())
                .hasSize(25)
                .containsOnly(house.facts.clock.instant());
    }
}
