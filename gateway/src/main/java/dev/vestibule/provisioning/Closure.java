package dev.vestibule.provisioning;

/// Whether a Home Assistant user counts for its account.
public enum Closure {
    OPEN,
    /// Access ended. Tokens of before may still live in Home Assistant.
    CLOSED,
    /// Access ended, and every token was seen to end.
    CLOSED_AND_EMPTY
}
