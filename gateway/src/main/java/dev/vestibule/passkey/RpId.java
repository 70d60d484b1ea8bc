package dev.vestibule.passkey;

import dev.vestibule.config.Origin;

import java.util.Optional;

/// The host that passkeys are made for and work at (WebAuthn section 4, RP ID).
///
/// @param value a host name in lower case
record RpId(String value) {

    /// Empty where browsers have no passkeys.
    static Optional<RpId> of(Origin canonical) {
        return canonical.hasPasskeys() ? Optional.of(new RpId(canonical.host())) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
