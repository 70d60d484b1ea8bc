package dev.vestibule.config;

/// What becomes of long-lived access tokens, such as people make in their profile for programs.
public enum LongLivedTokens {
    /// Made, listed with their owner, and ended with them or one by one.
    TRACK,
    /// None is made, and none that is not listed already is let in.
    DENY
}
