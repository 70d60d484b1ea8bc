package dev.vestibule.revocation;

import dev.vestibule.grant.GrantRevocation.Why;

/// Who ends or restores access, why, and from where.
///
/// @param by a person, a program or `console`
/// @param reason a sentence for the audit log
public record Cause(String by, String reason, String address) {

    Why why() {
        return new Why(reason, address);
    }
}
