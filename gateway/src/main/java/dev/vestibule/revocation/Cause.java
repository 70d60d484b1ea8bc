package dev.vestibule.revocation;

import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.GrantRevocation.Why;

/// Who ends or restores access, why, and from where.
///
/// @param by a person, a program or `console`
public record Cause(String by, EndReason reason, String address) {

    Why why() {
        return new Why(reason, address);
    }
}
