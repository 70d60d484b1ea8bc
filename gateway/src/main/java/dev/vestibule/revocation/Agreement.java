package dev.vestibule.revocation;

/// Whether Home Assistant agrees with the gateway about a person.
sealed interface Agreement {

    record Agreed() implements Agreement {}

    /// Something else is wished about the person by now, and nothing was done.
    record Overtaken() implements Agreement {}

    /// As things stand it cannot: the gateway alone keeps the person out.
    ///
    /// @param reason a sentence for the operator
    record Unconverged(String reason) implements Agreement {}
}
