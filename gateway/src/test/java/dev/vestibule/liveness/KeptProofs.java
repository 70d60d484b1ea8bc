package dev.vestibule.liveness;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.Subject;
import dev.vestibule.oidc.LivenessProof;
import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The fact rooms with what a provider gave for asking again, and the claims by which it is asked.
final class KeptProofs implements AutoCloseable {

    static final String PROVIDER = "op";
    static final Duration CHECK_EVERY = Duration.ofMinutes(5);

    final TestFacts facts = new TestFacts();
    final LivenessProofs proofs = facts.proofs;
    final ProofClaims claims =
            new ProofClaims(facts.clock, facts.secrets, facts.database, facts.sealer);

    static Subject person(String name) {
        return new Subject(TestFacts.ISSUER, name);
    }

    Account signIn(String name, LivenessProof proof) {
        Account account = facts.admit(name);
        facts.database.change(tx -> proofs.keep(tx, person(name), account.id(), proof));
        return account;
    }

    /// A token that lasts.
    static LivenessProof offered(String token) {
        return new LivenessProof.Offered(PROVIDER, new Secret(token), true);
    }

    /// A token that ends with the person's session at the provider.
    static LivenessProof passing(String token) {
        return new LivenessProof.Offered(PROVIDER, new Secret(token), false);
    }

    Optional<ClaimedProof> claim() {
        return claims.claimNext(PROVIDER, CHECK_EVERY);
    }

    ClaimedProof claimAfter(Duration time) {
        facts.clock.advance(time);
        return claim().orElseThrow();
    }

    boolean proven(ClaimedProof proof) {
        return facts.database.inTransaction(tx -> claims.proven(tx, proof, facts.clock.instant()));
    }

    boolean end(ClaimedProof proof) {
        return facts.database.inTransaction(tx -> claims.end(tx, proof));
    }

    List<String> stored() {
        return facts.database.read(
                handle ->
                        handle.createQuery("SELECT token_sealed FROM liveness_proof")
                                .mapTo(String.class)
                                .list());
    }

    @Override
    public void close() {
        facts.close();
    }
}
