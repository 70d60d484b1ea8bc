package dev.vestibule.login;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.network.AddressLimiter;

/// Notes attempts that ended before anybody proved who they are. Anybody can cause them, so an
/// address fills only so many lines of the audit log in a minute. Safe to share between threads.
final class RefusalLog {

    private final AuditLog audit;
    private final AddressLimiter limiter;

    RefusalLog(AuditLog audit, AddressLimiter limiter) {
        this.audit = audit;
        this.limiter = limiter;
    }

    /// @param who what is known of whoever tried; fit to be logged
    /// @param reason a stable code
    void note(Visitor visitor, String who, String reason) {
        if (limiter.tryTake(visitor.client())) {
            audit.append(
                    new AuditEvent.SignInRefused(
                            visitor.home().value(), who, reason, visitor.reference()),
                    visitor.address());
        }
    }
}
