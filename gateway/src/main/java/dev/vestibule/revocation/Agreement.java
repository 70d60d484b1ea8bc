package dev.vestibule.revocation;

import dev.vestibule.audit.Reason;

/// Whether Home Assistant agrees with the gateway about a person, or about what was theirs.
sealed interface Agreement {

    record Agreed() implements Agreement {}

    /// Something else is wished about the person by now, and nothing was done.
    record Overtaken() implements Agreement {}

    /// As things stand it cannot: what is to end there lives on, and the gateway alone keeps people
    /// from it.
    record Unconverged(Reason reason) implements Agreement {}
}
