package dev.vestibule.provisioning;

import dev.vestibule.secret.Secret;

/// Whether the gateway can act as a person who is not there, to end what is theirs.
public sealed interface PersonalAccess {

    /// @param accessToken Home Assistant's, for a few commands; whoever asked ends it afterwards
    /// @param refreshToken what the access token was made from
    record Given(Secret accessToken, Secret refreshToken) implements PersonalAccess {}

    /// The account has no user at this home: there is nothing to end.
    record NoUser() implements PersonalAccess {}

    /// Home Assistant does not let anybody in as this user.
    ///
    /// @param reason for the operator
    record Impossible(Reason reason) implements PersonalAccess {}

    /// Why nobody can act as the user.
    enum Reason {
        /// The user protected their login with a second factor.
        SECOND_FACTOR,
        INACTIVE,
        REFUSED
    }
}
