package dev.vestibule.homeassistant;

/// Why a login flow ended without a result.
public enum LoginAbort {
    /// The second factor came more than five minutes after the first.
    EXPIRED,
    /// Three wrong codes.
    TOO_MANY_TRIES,
    /// Home Assistant does not know the flow (any more): it restarted, or the flow ended.
    FLOW_LOST,
    /// The flow was begun from another address.
    ADDRESS_CHANGED,
    /// Something that this release of the gateway does not know.
    OTHER
}
