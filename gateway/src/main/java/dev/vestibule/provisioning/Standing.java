package dev.vestibule.provisioning;

/// How Home Assistant was last seen to hold a user of whom the gateway wished nothing else.
public enum Standing {
    PRESENT,
    /// Somebody deactivated the user there.
    INACTIVE,
    /// Somebody deleted the user there.
    GONE
}
