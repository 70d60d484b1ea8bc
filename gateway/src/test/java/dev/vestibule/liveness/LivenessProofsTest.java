package dev.vestibule.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.oidc.LivenessProof;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class LivenessProofsTest {

    private static final String PROVIDER = "op";
    private static final Duration CHECK_EVERY = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofDays(7);

    private final TestFacts facts = new TestFacts();
    private final LivenessProofs proofs = facts.proofs;

    @AfterEach
    void close() {
        facts.close();
    }

    private static Subject person(String name) {
        return new Subject(TestFacts.ISSUER, name);
    }

    private Account signIn(String name, LivenessProof proof) {
        Account account = facts.admit(name);
        facts.database.change(tx -> proofs.keep(tx, person(name), account.id(), proof));
        return account;
    }

    private static LivenessProof offered(String token) {
        return new LivenessProof.Offered(PROVIDER, new Secret(token), true);
    }

    private static LivenessProof passing(String token) {
        return new LivenessProof.Offered(PROVIDER, new Secret(token), false);
    }

    private Optional<ClaimedProof> claim() {
        return proofs.claimNext(PROVIDER, CHECK_EVERY);
    }

    private ClaimedProof claimAfter(Duration time) {
        facts.clock.advance(time);
        return claim().orElseThrow();
    }

    private boolean proven(ClaimedProof proof) {
        return facts.database.inTransaction(tx -> proofs.proven(tx, proof, facts.clock.instant()));
    }

    private boolean end(ClaimedProof proof) {
        return facts.database.inTransaction(tx -> proofs.end(tx, proof));
    }

    private List<String> stored() {
        return facts.database.read(
                handle ->
                        handle.createQuery("SELECT token_sealed FROM liveness_proof")
                                .mapTo(String.class)
                                .list());
    }

    @Test
    void aProofIsDueOnceTheIntervalHasPassed() {
        signIn("ada", offered("first"));
        facts.clock.advance(CHECK_EVERY.minusMillis(1));
        assertThat(claim()).isEmpty();

        ClaimedProof due = claimAfter(Duration.ofMillis(1));

        assertThat(due.person()).isEqualTo(person("ada"));
        assertThat(proofs.open(due)).isEqualTo(new Secret("first"));
        assertThat(due.isDoubtful()).isFalse();
    }

    @Test
    void aTokenIsSealedAndOpensAtItsPlaceOnly() {
        signIn("ada", offered("first"));
        ClaimedProof ada = claimAfter(CHECK_EVERY);

        assertThat(stored()).singleElement().asString().doesNotContain("first");
        ClaimedProof moved =
                new ClaimedProof(
                        person("ben"), ada.account(), ada.claim(), ada.tokenSealed(), false);
        assertThatThrownBy(() -> proofs.open(moved)).isInstanceOf(Sealer.SealBroken.class);
    }

    @Test
    void oneQuestionAtATimeIsAskedWithAToken() throws Exception {
        signIn("ada", offered("first"));
        facts.clock.advance(CHECK_EVERY);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Optional<ClaimedProof>> asker = this::claim;
            List<Optional<ClaimedProof>> claims =
                    threads.invokeAll(List.of(asker, asker, asker, asker)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void whoHasBeenDueForTheLongestComesFirst() {
        signIn("ben", offered("b"));
        facts.clock.advance(Duration.ofSeconds(1));
        signIn("ada", offered("a"));

        assertThat(claimAfter(CHECK_EVERY).person()).isEqualTo(person("ben"));
        assertThat(claim().orElseThrow().person()).isEqualTo(person("ada"));
        assertThat(claim()).isEmpty();
    }

    @Test
    void theNextTokenIsStoredAndTheClaimStandsUntilTheEnd() {
        signIn("ada", offered("first"));
        ClaimedProof asked = claimAfter(CHECK_EVERY);

        assertThat(proofs.store(asked, new Secret("second"))).isTrue();
        assertThat(claim()).isEmpty();
        assertThat(proven(asked)).isTrue();

        assertThat(claim()).isEmpty();
        assertThat(proofs.open(claimAfter(CHECK_EVERY))).isEqualTo(new Secret("second"));
    }

    @Test
    void aSignInMeanwhileIsNotOverwritten() {
        Account ada = signIn("ada", offered("first"));
        ClaimedProof asked = claimAfter(CHECK_EVERY);
        signIn("ada", offered("of the new sign-in"));

        assertThat(proofs.store(asked, new Secret("of the old question"))).isFalse();
        assertThat(proven(asked)).isFalse();
        assertThat(end(asked)).isFalse();

        ClaimedProof next = claimAfter(CHECK_EVERY);
        assertThat(next.account()).isEqualTo(ada.id());
        assertThat(proofs.open(next)).isEqualTo(new Secret("of the new sign-in"));
    }

    @Test
    void anAnswerAfterASuspensionFindsNothing() {
        Account ada = signIn("ada", offered("first"));
        ClaimedProof asked = claimAfter(CHECK_EVERY);

        facts.lifecycle.suspend(
                ada.id(),
                SuspendedBy.OPERATOR,
                new Cause("console", EndReason.BY_OPERATOR, "console"));

        assertThat(stored()).isEmpty();
        assertThat(proofs.store(asked, new Secret("second"))).isFalse();
        assertThat(stored()).isEmpty();
    }

    @Test
    void whoeverIsRemovedIsForgotten() {
        Account ada = signIn("ada", offered("first"));

        facts.lifecycle.remove(ada.id(), new Cause("console", EndReason.BY_OPERATOR, "console"));

        assertThat(stored()).isEmpty();
    }

    @Test
    void aQuestionThatWasNeverFinishedLeavesItsTokenInDoubt() {
        signIn("ada", offered("first"));
        var _ = claimAfter(CHECK_EVERY);

        proofs.releaseAbandoned("another");
        assertThat(claim()).isEmpty();
        proofs.releaseAbandoned(PROVIDER);

        ClaimedProof again = claim().orElseThrow();
        assertThat(again.isDoubtful()).isTrue();
        assertThat(proofs.open(again)).isEqualTo(new Secret("first"));
    }

    @Test
    void doubtEndsWithTheNextTokenAndOutlivesAnOutage() {
        signIn("ada", offered("first"));
        proofs.postpone(claimAfter(CHECK_EVERY), true, facts.clock.instant());
        ClaimedProof doubtful = claimAfter(CHECK_EVERY);
        assertThat(doubtful.isDoubtful()).isTrue();
        proofs.postpone(doubtful, false, facts.clock.instant());
        ClaimedProof still = claimAfter(CHECK_EVERY);
        assertThat(still.isDoubtful()).isTrue();

        proofs.store(still, new Secret("second"));
        proven(still);

        assertThat(claimAfter(CHECK_EVERY).isDoubtful()).isFalse();
    }

    @Test
    void aSignInWithoutATokenVouchesAndLeavesTheOlderTokenToAskWith() {
        Account ada = signIn("ada", offered("first"));
        facts.clock.advance(CHECK_EVERY);
        Instant later = facts.clock.instant();

        signIn("ada", new LivenessProof.Missing(PROVIDER));

        assertThat(proofs.lastProven()).containsEntry(ada.id(), later);
        assertThat(proofs.open(claim().orElseThrow())).isEqualTo(new Secret("first"));
    }

    /// Attack: a sign-in that is broken off before its lasting token is fetched, and a sign-out at
    /// the provider, by somebody who does not want to be asked about any more. The sign-in of an
    /// app does the same to people who mean no harm.
    @Test
    void aTokenThatEndsWithTheSessionThereDoesNotTakeThePlaceOfOneThatLasts() {
        Account ada = signIn("ada", offered("lasting"));
        facts.clock.advance(CHECK_EVERY);
        Instant later = facts.clock.instant();

        signIn("ada", passing("of the phone's sign-in"));

        assertThat(proofs.lastProven()).containsEntry(ada.id(), later);
        ClaimedProof asked = claim().orElseThrow();
        assertThat(proofs.open(asked)).isEqualTo(new Secret("lasting"));
        proofs.store(asked, new Secret("lasting, rotated"));
        proven(asked);
        signIn("ada", passing("of another"));
        assertThat(proofs.open(claimAfter(CHECK_EVERY))).isEqualTo(new Secret("lasting, rotated"));
    }

    @Test
    void itIsKeptWhereNothingLastsLonger() {
        signIn("ada", passing("first"));
        signIn("ada", passing("second"));
        assertThat(proofs.open(claimAfter(CHECK_EVERY))).isEqualTo(new Secret("second"));

        signIn("ada", offered("lasting"));
        end(claimAfter(CHECK_EVERY));
        signIn("ada", passing("third"));

        assertThat(proofs.open(claimAfter(CHECK_EVERY))).isEqualTo(new Secret("third"));
    }

    @Test
    void aLastingTokenOfAnotherClientOfTheProviderIsGivenUp() {
        signIn("ada", new LivenessProof.Offered("former", new Secret("lasting"), true));

        signIn("ada", passing("of today's"));

        assertThat(proofs.open(claimAfter(CHECK_EVERY))).isEqualTo(new Secret("of today's"));
    }

    @Test
    void aProviderThatHasNoTokensIsNotKept() {
        signIn("ada", new LivenessProof.NotOffered());

        assertThat(proofs.lastProven()).isEmpty();
    }

    @Test
    void whomNobodyVouchesForLapsesAfterAWhile() {
        signIn("ada", offered("first"));
        assertThat(end(claimAfter(CHECK_EVERY))).isTrue();
        facts.clock.advance(MAX_AGE.minus(CHECK_EVERY).minusMillis(1));
        assertThat(proofs.lapsed(PROVIDER, MAX_AGE)).isEmpty();

        facts.clock.advance(Duration.ofMillis(1));

        assertThat(proofs.lapsed(PROVIDER, MAX_AGE))
                .extracting(LapsedProof::person)
                .containsExactly(person("ada"));
    }

    @Test
    void whoeverCanBeAskedAboutDoesNotLapseHoweverLongTheProviderIsAway() {
        signIn("ada", offered("first"));
        facts.clock.advance(MAX_AGE.multipliedBy(10));

        assertThat(proofs.lapsed(PROVIDER, MAX_AGE)).isEmpty();
    }

    @Test
    void whoSignsInAtTheLastMomentHasNotLapsed() {
        signIn("ada", new LivenessProof.Missing(PROVIDER));
        facts.clock.advance(MAX_AGE);
        LapsedProof lapsed = proofs.lapsed(PROVIDER, MAX_AGE).getFirst();
        Account ada = signIn("ada", new LivenessProof.Missing(PROVIDER));

        assertThat(lapse(lapsed)).isFalse();
        assertThat(isLapsed(ada)).isFalse();
    }

    private boolean lapse(LapsedProof lapsed) {
        return facts.database.inTransaction(tx -> proofs.lapse(tx, lapsed, MAX_AGE));
    }

    private boolean isLapsed(Account account) {
        return facts.database.read(handle -> proofs.isLapsed(handle, account.id()));
    }

    private void lapseAfterMaxAge() {
        facts.clock.advance(MAX_AGE);
        proofs.lapsed(PROVIDER, MAX_AGE).forEach(lapsed -> assertThat(lapse(lapsed)).isTrue());
    }

    @Test
    void whoeverHasLapsedStaysSoAndLapsesOnce() {
        Account ada = signIn("ada", new LivenessProof.Missing(PROVIDER));
        assertThat(isLapsed(ada)).isFalse();

        lapseAfterMaxAge();

        assertThat(isLapsed(ada)).isTrue();
        assertThat(proofs.lapsed(PROVIDER, MAX_AGE)).isEmpty();
        assertThat(peopleAskedAbout()).isEmpty();
    }

    private Set<AccountId> peopleAskedAbout() {
        return facts.database.read(handle -> proofs.peopleOf(handle, PROVIDER));
    }

    @Test
    void theNextSignInThereEndsItWithATokenOrWithout() {
        Account ada = signIn("ada", new LivenessProof.Missing(PROVIDER));
        for (LivenessProof proof :
                List.of(
                        new LivenessProof.Missing(PROVIDER),
                        new LivenessProof.NotOffered(),
                        offered("anew"))) {
            lapseAfterMaxAge();
            assertThat(isLapsed(ada)).isTrue();

            signIn("ada", proof);

            assertThat(isLapsed(ada)).as(proof.toString()).isFalse();
        }
    }

    @Test
    void ofTwoProvidersOneIsEnoughThatStillVouches() {
        Account ada = signIn("ada", new LivenessProof.Missing(PROVIDER));
        Subject elsewhere = new Subject(new Issuer("https://other.example"), "a");
        facts.database.change(
                tx ->
                        proofs.keep(
                                tx,
                                elsewhere,
                                ada.id(),
                                new LivenessProof.Offered("other", new Secret("token"), true)));

        lapseAfterMaxAge();
        assertThat(isLapsed(ada)).isFalse();

        ClaimedProof asked = proofs.claimNext("other", CHECK_EVERY).orElseThrow();
        end(asked);
        facts.clock.advance(MAX_AGE);
        assertThat(lapse(proofs.lapsed("other", MAX_AGE).getFirst())).isTrue();
        assertThat(isLapsed(ada)).isTrue();
    }

    /// Otherwise its proof, which nobody asks with, would count for somebody for ever.
    @Test
    void aProviderThatWasTakenOutOfTheConfigurationVouchesForNobody() {
        Account ada = signIn("ada", new LivenessProof.Missing(PROVIDER));
        Subject elsewhere = new Subject(new Issuer("https://former.example"), "a");
        LivenessProof former = new LivenessProof.Offered("former", new Secret("token"), true);
        facts.database.change(tx -> proofs.keep(tx, elsewhere, ada.id(), former));
        assertThat(isLapsed(ada)).isFalse();

        lapseAfterMaxAge();

        assertThat(isLapsed(ada)).isTrue();
    }

    @Test
    void aProviderWithANewIdIsAskedAboutThosePeopleToo() {
        signIn("ada", new LivenessProof.Offered("former", new Secret("first"), true));
        signIn("ben", new LivenessProof.Offered("other", new Secret("of another client"), true));

        proofs.followNewIds();

        assertThat(proofs.open(claimAfter(CHECK_EVERY))).isEqualTo(new Secret("first"));
        assertThat(claim()).isEmpty();
        assertThat(proofs.claimNext("other", CHECK_EVERY)).isPresent();
    }

    @Test
    void whoeverIsSuspendedAndRestoredHasNotLapsed() {
        Account ada = signIn("ada", new LivenessProof.Missing(PROVIDER));
        lapseAfterMaxAge();
        Cause cause = new Cause("console", EndReason.BY_OPERATOR, "console");

        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, cause);
        facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, cause);

        assertThat(isLapsed(ada)).isFalse();
    }

    @Test
    void anAlarmIsNewsOnceAndAgainAfterTheProviderHasVouched() {
        signIn("ada", offered("first"));

        assertThat(alarm(claimAfter(CHECK_EVERY))).isTrue();
        assertThat(alarm(claimAfter(CHECK_EVERY))).isFalse();
        proven(claimAfter(CHECK_EVERY));
        assertThat(alarm(claimAfter(CHECK_EVERY))).isTrue();
    }

    private boolean alarm(ClaimedProof proof) {
        return facts.database.inTransaction(tx -> proofs.alarm(tx, proof, facts.clock.instant()));
    }
}
