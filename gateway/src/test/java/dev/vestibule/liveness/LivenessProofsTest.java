package dev.vestibule.liveness;

import static dev.vestibule.liveness.KeptProofs.CHECK_EVERY;
import static dev.vestibule.liveness.KeptProofs.PROVIDER;
import static dev.vestibule.liveness.KeptProofs.offered;
import static dev.vestibule.liveness.KeptProofs.passing;
import static dev.vestibule.liveness.KeptProofs.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.oidc.LivenessProof;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

class LivenessProofsTest {

    private static final Duration MAX_AGE = Duration.ofDays(7);

    private final KeptProofs house = new KeptProofs();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoeverIsRemovedIsForgotten() {
        Account ada = house.signIn("ada", offered("first"));

        house.facts.lifecycle.remove(
                ada.id(), new Cause("console", EndReason.BY_OPERATOR, "console"));

        assertThat(house.stored()).isEmpty();
    }

    @Test
    void aSignInWithoutATokenVouchesAndLeavesTheOlderTokenToAskWith() {
        Account ada = house.signIn("ada", offered("first"));
        house.facts.clock.advance(CHECK_EVERY);
        Instant later = house.facts.clock.instant();

        house.signIn("ada", new LivenessProof.Missing(PROVIDER));

        assertThat(house.proofs.lastProven()).containsEntry(ada.id(), later);
        assertThat(house.claims.open(house.claim().orElseThrow())).isEqualTo(new Secret("first"));
    }

    /// Attack: a sign-in that is broken off before its lasting token is fetched, and a sign-out at
    /// the provider, by somebody who does not want to be asked about any more. The sign-in of an
    /// app does the same to people who mean no harm.
    @Test
    void aTokenThatEndsWithTheSessionThereDoesNotTakeThePlaceOfOneThatLasts() {
        Account ada = house.signIn("ada", offered("lasting"));
        house.facts.clock.advance(CHECK_EVERY);
        Instant later = house.facts.clock.instant();

        house.signIn("ada", passing("of the phone's sign-in"));

        assertThat(house.proofs.lastProven()).containsEntry(ada.id(), later);
        ClaimedProof asked = house.claim().orElseThrow();
        assertThat(house.claims.open(asked)).isEqualTo(new Secret("lasting"));
        house.claims.store(asked, new Secret("lasting, rotated"));
        house.proven(asked);
        house.signIn("ada", passing("of another"));
        assertThat(house.claims.open(house.claimAfter(CHECK_EVERY)))
                .isEqualTo(new Secret("lasting, rotated"));
    }

    @Test
    void itIsKeptWhereNothingLastsLonger() {
        house.signIn("ada", passing("first"));
        house.signIn("ada", passing("second"));
        assertThat(house.claims.open(house.claimAfter(CHECK_EVERY)))
                .isEqualTo(new Secret("second"));

        house.signIn("ada", offered("lasting"));
        house.end(house.claimAfter(CHECK_EVERY));
        house.signIn("ada", passing("third"));

        assertThat(house.claims.open(house.claimAfter(CHECK_EVERY))).isEqualTo(new Secret("third"));
    }

    @Test
    void aLastingTokenOfAnotherClientOfTheProviderIsGivenUp() {
        house.signIn("ada", new LivenessProof.Offered("former", new Secret("lasting"), true));

        house.signIn("ada", passing("of today's"));

        assertThat(house.claims.open(house.claimAfter(CHECK_EVERY)))
                .isEqualTo(new Secret("of today's"));
    }

    @Test
    void aProviderThatHasNoTokensIsNotKept() {
        house.signIn("ada", new LivenessProof.NotOffered());

        assertThat(house.proofs.lastProven()).isEmpty();
    }

    @Test
    void whomNobodyVouchesForLapsesAfterAWhile() {
        house.signIn("ada", offered("first"));
        assertThat(house.end(house.claimAfter(CHECK_EVERY))).isTrue();
        house.facts.clock.advance(MAX_AGE.minus(CHECK_EVERY).minusMillis(1));
        assertThat(house.proofs.lapsed(PROVIDER, MAX_AGE)).isEmpty();

        house.facts.clock.advance(Duration.ofMillis(1));

        assertThat(house.proofs.lapsed(PROVIDER, MAX_AGE))
                .extracting(LapsedProof::person)
                .containsExactly(person("ada"));
    }

    @Test
    void whoeverCanBeAskedAboutDoesNotLapseHoweverLongTheProviderIsAway() {
        house.signIn("ada", offered("first"));
        house.facts.clock.advance(MAX_AGE.multipliedBy(10));

        assertThat(house.proofs.lapsed(PROVIDER, MAX_AGE)).isEmpty();
    }

    @Test
    void whoSignsInAtTheLastMomentHasNotLapsed() {
        house.signIn("ada", new LivenessProof.Missing(PROVIDER));
        house.facts.clock.advance(MAX_AGE);
        LapsedProof lapsed = house.proofs.lapsed(PROVIDER, MAX_AGE).getFirst();
        Account ada = house.signIn("ada", new LivenessProof.Missing(PROVIDER));

        assertThat(lapse(lapsed)).isFalse();
        assertThat(isLapsed(ada)).isFalse();
    }

    private boolean lapse(LapsedProof lapsed) {
        return house.facts.database.inTransaction(tx -> house.proofs.lapse(tx, lapsed, MAX_AGE));
    }

    private boolean isLapsed(Account account) {
        return house.facts.database.read(handle -> house.proofs.isLapsed(handle, account.id()));
    }

    private void lapseAfterMaxAge() {
        house.facts.clock.advance(MAX_AGE);
        house.proofs
                .lapsed(PROVIDER, MAX_AGE)
                .forEach(lapsed -> assertThat(lapse(lapsed)).isTrue());
    }

    @Test
    void whoeverHasLapsedStaysSoAndLapsesOnce() {
        Account ada = house.signIn("ada", new LivenessProof.Missing(PROVIDER));
        assertThat(isLapsed(ada)).isFalse();

        lapseAfterMaxAge();

        assertThat(isLapsed(ada)).isTrue();
        assertThat(house.proofs.lapsed(PROVIDER, MAX_AGE)).isEmpty();
        assertThat(peopleAskedAbout()).isEmpty();
    }

    private Set<AccountId> peopleAskedAbout() {
        return house.facts.database.read(handle -> house.proofs.peopleOf(handle, PROVIDER));
    }

    @Test
    void theNextSignInThereEndsItWithATokenOrWithout() {
        Account ada = house.signIn("ada", new LivenessProof.Missing(PROVIDER));
        for (LivenessProof proof :
                List.of(
                        new LivenessProof.Missing(PROVIDER),
                        new LivenessProof.NotOffered(),
                        offered("anew"))) {
            lapseAfterMaxAge();
            assertThat(isLapsed(ada)).isTrue();

            house.signIn("ada", proof);

            assertThat(isLapsed(ada)).as(proof.toString()).isFalse();
        }
    }

    @Test
    void ofTwoProvidersOneIsEnoughThatStillVouches() {
        Account ada = house.signIn("ada", new LivenessProof.Missing(PROVIDER));
        Subject elsewhere = new Subject(new Issuer("https://other.example"), "a");
        house.facts.database.change(
                tx ->
                        house.proofs.keep(
                                tx,
                                elsewhere,
                                ada.id(),
                                new LivenessProof.Offered("other", new Secret("token"), true)));

        lapseAfterMaxAge();
        assertThat(isLapsed(ada)).isFalse();

        ClaimedProof asked = house.claims.claimNext("other", CHECK_EVERY).orElseThrow();
        house.end(asked);
        house.facts.clock.advance(MAX_AGE);
        assertThat(lapse(house.proofs.lapsed("other", MAX_AGE).getFirst())).isTrue();
        assertThat(isLapsed(ada)).isTrue();
    }

    /// Otherwise its proof, which nobody asks with, would count for somebody for ever.
    @Test
    void aProviderThatWasTakenOutOfTheConfigurationVouchesForNobody() {
        Account ada = house.signIn("ada", new LivenessProof.Missing(PROVIDER));
        Subject elsewhere = new Subject(new Issuer("https://former.example"), "a");
        LivenessProof former = new LivenessProof.Offered("former", new Secret("token"), true);
        house.facts.database.change(tx -> house.proofs.keep(tx, elsewhere, ada.id(), former));
        assertThat(isLapsed(ada)).isFalse();

        lapseAfterMaxAge();

        assertThat(isLapsed(ada)).isTrue();
    }

    @Test
    void aProviderWithANewIdIsAskedAboutThosePeopleToo() {
        house.signIn("ada", new LivenessProof.Offered("former", new Secret("first"), true));
        house.signIn(
                "ben", new LivenessProof.Offered("other", new Secret("of another client"), true));

        house.proofs.followNewIds();

        assertThat(house.claims.open(house.claimAfter(CHECK_EVERY))).isEqualTo(new Secret("first"));
        assertThat(house.claim()).isEmpty();
        assertThat(house.claims.claimNext("other", CHECK_EVERY)).isPresent();
    }

    @Test
    void whoeverIsSuspendedAndRestoredHasNotLapsed() {
        Account ada = house.signIn("ada", new LivenessProof.Missing(PROVIDER));
        lapseAfterMaxAge();
        Cause cause = new Cause("console", EndReason.BY_OPERATOR, "console");

        house.facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, cause);
        house.facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, cause);

        assertThat(isLapsed(ada)).isFalse();
    }
}
