package dev.vestibule.passkey;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.visit.Visitor;

/// Writes down what did not become a passkey.
record RefusedEnrolments(AuditLog audit) {

    void note(Enroller who, Visitor visitor, Refusal reason) {
        audit.append(
                new AuditEvent.PasskeyNotAdded(
                        who.account().id().value(),
                        visitor.home().value(),
                        reason.code(),
                        visitor.reference()),
                visitor.address());
    }
}
