package dev.vestibule;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Proof;
import dev.vestibule.admission.StandingProofs;
import dev.vestibule.kiosk.TabletKeyStore;
import dev.vestibule.local.LocalDoor;
import dev.vestibule.passkey.Passkeys;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

/// What each way in says of a proof that was given by it. Safe to share between threads.
record WaysStanding(LoginHomes homes, LocalDoor local, TabletKeyStore tabletKeys)
        implements StandingProofs {

    @Override
    public boolean stands(Handle tx, Proof proof, Visitor visitor) {
        return switch (proof.way()) {
            // What a provider or a proxy said since then is in the account: its epoch, its role.
            case PROVIDER, ASSERTION -> true;
            case PASSKEY ->
                    homes.get(visitor.home()).config().signIn().passkeys()
                            && Passkeys.isThere(tx, proof.key());
            case LOCAL -> local.isOpen(tx, visitor);
            // A tablet without a key is known by where it is, which was looked at a moment ago.
            case KIOSK -> proof.key().isEmpty() || tabletKeys.isThere(tx, proof.key());
            // The code was used up by the proof.
            case BREAK_GLASS -> true;
        };
    }
}
