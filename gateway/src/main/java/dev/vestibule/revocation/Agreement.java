package dev.vestibule.revocation;

import dev.vestibule.audit.Reason;

/// Whether Home Assistant agrees with the gateway about a person.
sealed interface Agreement {

    record Agreed() implements Agreement {}

    /// Something else is wished about the person by now, and nothing was done.
    record Overtaken() implements Agreement {}

    /// As things stand it cannot: the gateway alone keeps the person out.
    record Unconverged(Reason reason) implements Agreement {}
}
