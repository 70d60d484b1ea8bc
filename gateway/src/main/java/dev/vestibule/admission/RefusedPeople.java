package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.revocation.Cause;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

/// Writes down whom nobody lets in, and why, inside the caller's transaction.
record RefusedPeople(AuditLog audit) {

    Judgement suspended(Handle tx, String name, Visitor visitor) {
        note(tx, "suspended", name, visitor);
        return Judgement.refused(new Admission.Suspended(name));
    }

    Judgement lapsed(Handle tx, String name, Visitor visitor) {
        note(tx, "lapsed", name, visitor);
        return Judgement.refused(new Admission.Lapsed(name));
    }

    Judgement switchedOff(Handle tx, String name, Visitor visitor) {
        note(tx, "inactive-at-home", name, visitor);
        return Judgement.refused(new Admission.SwitchedOff());
    }

    Judgement noRole(Handle tx, String name, Visitor visitor) {
        note(tx, "no-role", name, visitor);
        return Judgement.refused(new Admission.NoRole(name));
    }

    Judgement unknown(Handle tx, Visitor visitor) {
        note(tx, "no-such-account", "", visitor);
        return Judgement.refused(new Admission.Unknown());
    }

    /// @param reason a stable code
    void note(Handle tx, String reason, String name, Visitor visitor) {
        audit.append(
                tx,
                new AuditEvent.SignInRefused(
                        visitor.home().value(), name, reason, visitor.reference()),
                visitor.address());
    }

    static Cause cause(AccountId account, String reason, Visitor visitor) {
        return new Cause(account.value(), reason, visitor.address());
    }
}
