package dev.vestibule.homeassistant;

/// Whether a token lives, and whose it is.
public sealed interface TokenProbeResult {

    record Alive(String userId, String name, boolean isOwner, boolean isAdmin)
            implements TokenProbeResult {}

    /// Home Assistant does not accept it, for this address at least.
    record Dead() implements TokenProbeResult {}
}
