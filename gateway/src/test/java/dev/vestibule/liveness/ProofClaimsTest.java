package dev.vestibule.liveness;

import static dev.vestibule.liveness.KeptProofs.CHECK_EVERY;
import static dev.vestibule.liveness.KeptProofs.PROVIDER;
import static dev.vestibule.liveness.KeptProofs.offered;
import static dev.vestibule.liveness.KeptProofs.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class ProofClaimsTest {

    private final KeptProofs house = new KeptProofs();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aProofIsDueOnceTheIntervalHasPassed() {
        house.signIn("ada", offered("first"));
        house.facts.clock.advance(CHECK_EVERY.minusMillis(1));
        assertThat(house.claim()).isEmpty();

        ClaimedProof due = house.claimAfter(Duration.ofMillis(1));

        assertThat(due.person()).isEqualTo(person("ada"));
        assertThat(house.claims.open(due)).isEqualTo(new Secret("first"));
        assertThat(due.isDoubtful()).isFalse();
    }

    @Test
    void aTokenIsSealedAndOpensAtItsPlaceOnly() {
        house.signIn("ada", offered("first"));
        ClaimedProof ada = house.claimAfter(CHECK_EVERY);

        assertThat(house.stored()).singleElement().asString().doesNotContain("first");
        ClaimedProof moved =
                new ClaimedProof(
                        person("ben"), ada.account(), ada.claim(), ada.tokenSealed(), false);
        assertThatThrownBy(() -> house.claims.open(moved)).isInstanceOf(Sealer.SealBroken.class);
    }

    @Test
    void oneQuestionAtATimeIsAskedWithAToken() throws Exception {
        house.signIn("ada", offered("first"));
        house.facts.clock.advance(CHECK_EVERY);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Optional<ClaimedProof>> asker = house::claim;
            List<Optional<ClaimedProof>> claims =
                    threads.invokeAll(List.of(asker, asker, asker, asker)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void whoHasBeenDueForTheLongestComesFirst() {
        house.signIn("ben", offered("b"));
        house.facts.clock.advance(Duration.ofSeconds(1));
        house.signIn("ada", offered("a"));

        assertThat(house.claimAfter(CHECK_EVERY).person()).isEqualTo(person("ben"));
        assertThat(house.claim().orElseThrow().person()).isEqualTo(person("ada"));
        assertThat(house.claim()).isEmpty();
    }

    @Test
    void theNextTokenIsStoredAndTheClaimStandsUntilTheEnd() {
        house.signIn("ada", offered("first"));
        ClaimedProof asked = house.claimAfter(CHECK_EVERY);

        assertThat(house.claims.store(asked, new Secret("second"))).isTrue();
        assertThat(house.claim()).isEmpty();
        assertThat(house.proven(asked)).isTrue();

        assertThat(house.claim()).isEmpty();
        assertThat(house.claims.open(house.claimAfter(CHECK_EVERY)))
                .isEqualTo(new Secret("second"));
    }

    @Test
    void aSignInMeanwhileIsNotOverwritten() {
        Account ada = house.signIn("ada", offered("first"));
        ClaimedProof asked = house.claimAfter(CHECK_EVERY);
        house.signIn("ada", offered("of the new sign-in"));

        assertThat(house.claims.store(asked, new Secret("of the old question"))).isFalse();
        assertThat(house.proven(asked)).isFalse();
        assertThat(house.end(asked)).isFalse();

        ClaimedProof next = house.claimAfter(CHECK_EVERY);
        assertThat(next.account()).isEqualTo(ada.id());
        assertThat(house.claims.open(next)).isEqualTo(new Secret("of the new sign-in"));
    }

    @Test
    void anAnswerAfterASuspensionFindsNothing() {
        Account ada = house.signIn("ada", offered("first"));
        ClaimedProof asked = house.claimAfter(CHECK_EVERY);

        house.facts.lifecycle.suspend(
                ada.id(),
                SuspendedBy.OPERATOR,
                new Cause("console", EndReason.BY_OPERATOR, "console"));

        assertThat(house.stored()).isEmpty();
        assertThat(house.claims.store(asked, new Secret("second"))).isFalse();
        assertThat(house.stored()).isEmpty();
    }

    @Test
    void aQuestionThatWasNeverFinishedLeavesItsTokenInDoubt() {
        house.signIn("ada", offered("first"));
        var _ = house.claimAfter(CHECK_EVERY);

        house.claims.releaseAbandoned("another");
        assertThat(house.claim()).isEmpty();
        house.claims.releaseAbandoned(PROVIDER);

        ClaimedProof again = house.claim().orElseThrow();
        assertThat(again.isDoubtful()).isTrue();
        assertThat(house.claims.open(again)).isEqualTo(new Secret("first"));
    }

    @Test
    void doubtEndsWithTheNextTokenAndOutlivesAnOutage() {
        house.signIn("ada", offered("first"));
        house.claims.postpone(house.claimAfter(CHECK_EVERY), true, house.facts.clock.instant());
        ClaimedProof doubtful = house.claimAfter(CHECK_EVERY);
        assertThat(doubtful.isDoubtful()).isTrue();
        house.claims.postpone(doubtful, false, house.facts.clock.instant());
        ClaimedProof still = house.claimAfter(CHECK_EVERY);
        assertThat(still.isDoubtful()).isTrue();

        house.claims.store(still, new Secret("second"));
        house.proven(still);

        assertThat(house.claimAfter(CHECK_EVERY).isDoubtful()).isFalse();
    }

    @Test
    void anAlarmIsNewsOnceAndAgainAfterTheProviderHasVouched() {
        house.signIn("ada", offered("first"));

        assertThat(alarm(house.claimAfter(CHECK_EVERY))).isTrue();
        assertThat(alarm(house.claimAfter(CHECK_EVERY))).isFalse();
        house.proven(house.claimAfter(CHECK_EVERY));
        assertThat(alarm(house.claimAfter(CHECK_EVERY))).isTrue();
    }

    private boolean alarm(ClaimedProof proof) {
        return house.facts.database.inTransaction(
                tx -> house.claims.alarm(tx, proof, house.facts.clock.instant()));
    }
}
