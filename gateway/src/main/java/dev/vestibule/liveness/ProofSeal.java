package dev.vestibule.liveness;

import dev.vestibule.account.Subject;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;

/// Seals the refresh token of a proof so that it opens in that person's row alone. Safe to share
/// between threads.
final class ProofSeal {

    private final Sealer sealer;

    ProofSeal(Sealer sealer) {
        this.sealer = sealer;
    }

    String seal(Subject person, Secret token) {
        return sealer.seal(token, place(person));
    }

    /// @throws Sealer.SealBroken where it was sealed with another key or changed
    Secret open(ClaimedProof proof) {
        return sealer.open(proof.tokenSealed(), place(proof.person()));
    }

    private static Sealer.Place place(Subject person) {
        return new Sealer.Place(
                "liveness_proof", person.issuer().value() + " " + person.value(), "token_sealed");
    }
}
