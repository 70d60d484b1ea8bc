package dev.vestibule.admission;

import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.revocation.Cause;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Visitor;

/// Where somebody proves who they are, and by which way: all that the judges know of a browser.
///
/// @param address as the audit log has it
/// @param reference the number that a page of refusal shows
record Attempt(SignInWay way, HomeId home, String address, String reference) {

    static Attempt of(ProvenIdentity identity, Visitor visitor) {
        return new Attempt(identity.way(), visitor.home(), visitor.address(), visitor.reference());
    }

    /// One that nobody makes; what is written down of it is taken back.
    static Attempt supposed(SignInWay way, HomeId home) {
        return new Attempt(way, home, "", "");
    }

    /// @param by who is to be named in the audit log
    Cause cause(String by, EndReason reason) {
        return new Cause(by, reason, address);
    }
}
