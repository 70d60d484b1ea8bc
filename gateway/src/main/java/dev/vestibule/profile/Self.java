package dev.vestibule.profile;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.revocation.Cause;
import dev.vestibule.session.LiveSession;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

/// Somebody who looks at themselves.
record Self(Visitor visitor, Insider insider) {

    AccountId account() {
        return insider.account().id();
    }

    LiveSession session() {
        return insider.session();
    }

    HomeId home() {
        return visitor.home();
    }

    /// Whether there is something to change: an emergency keeps nothing.
    boolean isAPersonsOwn() {
        return session().way().isAPersonsOwn();
    }

    boolean isAdministrator() {
        return insider.role() == Role.ADMIN;
    }

    boolean mayEnter(ProfilePlace place) {
        return isAPersonsOwn() || place.isForReading();
    }

    /// For the audit log.
    Cause cause() {
        return new Cause(account().value(), EndReason.BY_ITS_PERSON, visitor.address());
    }
}
