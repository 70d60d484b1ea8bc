package dev.vestibule.admission;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.RefusalReason;

import org.jdbi.v3.core.Handle;

/// Writes down whom nobody lets in, and why, inside the caller's transaction.
record RefusedPeople(AuditLog audit) {

    Judgement suspended(Handle tx, String name, Attempt attempt) {
        note(tx, RefusalReason.SUSPENDED, name, attempt);
        return Judgement.refused(new Admission.Suspended(name));
    }

    Judgement lapsed(Handle tx, String name, Attempt attempt) {
        note(tx, RefusalReason.LAPSED, name, attempt);
        return Judgement.refused(new Admission.Lapsed(name));
    }

    Judgement switchedOff(Handle tx, String name, Attempt attempt) {
        note(tx, RefusalReason.INACTIVE_AT_HOME, name, attempt);
        return Judgement.refused(new Admission.SwitchedOff());
    }

    Judgement noRole(Handle tx, String name, Attempt attempt) {
        note(tx, RefusalReason.NO_ROLE, name, attempt);
        return Judgement.refused(new Admission.NoRole(name));
    }

    Judgement unknown(Handle tx, Attempt attempt) {
        note(tx, RefusalReason.NO_SUCH_ACCOUNT, "", attempt);
        return Judgement.refused(new Admission.Unknown());
    }

    /// What they proved themselves with is not there any more.
    Judgement withoutProof(Handle tx, String name, Attempt attempt) {
        noteWithoutProof(tx, name, attempt);
        return Judgement.refused(new Admission.ProofGone());
    }

    /// As [#withoutProof], of somebody who was judged before that.
    void noteWithoutProof(Handle tx, String name, Attempt attempt) {
        note(tx, RefusalReason.PROOF_GONE, name, attempt);
    }

    void note(Handle tx, RefusalReason reason, String name, Attempt attempt) {
        audit.append(
                tx,
                new AuditEvent.SignInRefused(
                        attempt.home().value(),
                        attempt.way().stored(),
                        name,
                        reason.code(),
                        attempt.reference()),
                attempt.address());
    }
}
