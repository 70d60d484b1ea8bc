package dev.vestibule.login;

import dev.vestibule.secret.Secret;

/// What becomes of a person for whom a provider vouches.
sealed interface Admission {

    /// @param cookie of the new session, told to the browser only
    record SignedIn(Insider insider, Secret cookie) implements Admission {}

    /// None of the person's groups gives a role at this home.
    record NoRole() implements Admission {}

    /// The person is suspended.
    record Suspended() implements Admission {}

    /// Somebody switched the person's user off in Home Assistant.
    record SwitchedOff() implements Admission {}
}
