package dev.vestibule.homeassistant;

/// Why a sign-in with the right password is not allowed.
public enum LoginRefusal {
    /// The user is deactivated.
    INACTIVE,
    /// The user is local only, and the named address is not.
    LOCAL_ONLY,
    /// The client id is none that Home Assistant can read.
    CLIENT_ID,
    /// The redirect does not suit the client.
    REDIRECT_URI,
    /// Something that this release of the gateway does not know.
    OTHER
}
