package dev.vestibule.provisioning;

/// What the gateway remembers about the user of an account at a home.
sealed interface HomeUser {

    HiddenName hiddenName();

    /// The user is being made. Home Assistant may have it already, under the hidden name.
    record Pending(HiddenName hiddenName) implements HomeUser {}

    /// An existing user who is to get a hidden credential beside their own.
    record Attaching(HiddenName hiddenName, String userId) implements HomeUser {}

    /// User and hidden credential were there when last looked at.
    ///
    /// @param isAttached whether the user is older than the account
    record Ready(HiddenName hiddenName, String userId, boolean isAttached) implements HomeUser {}

    /// The user name of the hidden credential, which is also the user's name while it is being
    /// made.
    ///
    /// @param username `vst-` and a UUID: unlike any that a person chooses, in lower case as Home
    ///   Assistant wants it
    /// @param version goes into the password, so that a higher one is another password
    record HiddenName(String username, int version) {}
}
