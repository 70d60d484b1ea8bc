package dev.vestibule.admission;

import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

/// Knows whether what somebody proved themselves with still opens the door: a key may have been
/// removed, or a way in switched off, since the proof. The one rule for all ways in, asked inside
/// the transaction that lets somebody in, and again when they let in an app by a code of theirs
/// (attack: whoever has a lost phone proves its passkey, and comes in after it was removed).
@FunctionalInterface
public interface StandingProofs {

    /// @param visitor who comes in now: another browser than the proof's, where it is an app
    boolean stands(Handle tx, Proof proof, Visitor visitor);
}
