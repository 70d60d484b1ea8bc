package dev.vestibule.provisioning;

/// How Home Assistant was last seen to hold a user of whom the gateway wished nothing else. It
/// outlives that the person is shut out here: what somebody did there, they undo there.
public enum Standing {
    PRESENT,
    /// Somebody deactivated the user there.
    INACTIVE,
    /// Somebody deleted the user there.
    GONE
}
