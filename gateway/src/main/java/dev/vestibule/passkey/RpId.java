package dev.vestibule.passkey;

import dev.vestibule.config.Origin;
import dev.vestibule.network.IpLiteral;

import java.util.Optional;

/// The host that passkeys are made for and work at (WebAuthn section 4, RP ID).
///
/// @param value a host name in lower case
record RpId(String value) {

    /// Browsers know passkeys for named hosts on https, and for this machine without it; an IP
    /// address has none.
    static Optional<RpId> of(Origin canonical) {
        boolean isNamed =
                !canonical.host().startsWith("[") && IpLiteral.parse(canonical.host()).isEmpty();
        boolean isSafe = canonical.isSecure() || canonical.isLoopback();
        return isNamed && isSafe ? Optional.of(new RpId(canonical.host())) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
