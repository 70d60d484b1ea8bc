package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.revocation.Cause;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

/// Writes down whom nobody lets in, and why, inside the caller's transaction.
record RefusedPeople(AuditLog audit) {

    Judgement suspended(Handle tx, String name, Visitor visitor) {
        note(tx, RefusalReason.SUSPENDED, name, visitor);
        return Judgement.refused(new Admission.Suspended(name));
    }

    Judgement lapsed(Handle tx, String name, Visitor visitor) {
        note(tx, RefusalReason.LAPSED, name, visitor);
        return Judgement.refused(new Admission.Lapsed(name));
    }

    Judgement switchedOff(Handle tx, String name, Visitor visitor) {
        note(tx, RefusalReason.INACTIVE_AT_HOME, name, visitor);
        return Judgement.refused(new Admission.SwitchedOff());
    }

    Judgement noRole(Handle tx, String name, Visitor visitor) {
        note(tx, RefusalReason.NO_ROLE, name, visitor);
        return Judgement.refused(new Admission.NoRole(name));
    }

    Judgement unknown(Handle tx, Visitor visitor) {
        note(tx, RefusalReason.NO_SUCH_ACCOUNT, "", visitor);
        return Judgement.refused(new Admission.Unknown());
    }

    void note(Handle tx, RefusalReason reason, String name, Visitor visitor) {
        audit.append(
                tx,
                new AuditEvent.SignInRefused(
                        visitor.home().value(), name, reason.code(), visitor.reference()),
                visitor.address());
    }

    static Cause cause(AccountId account, EndReason reason, Visitor visitor) {
        return new Cause(account.value(), reason, visitor.address());
    }
}
