package dev.vestibule.testhouse.proxy;

/// How the address of the keys answers.
public enum KeyPage {
    /// With the keys of today.
    RIGHT,
    /// 500.
    BROKEN,
    /// With the right keys, and 5 MB beside them.
    HUGE,
    /// Never to the end: the body stops after its first byte.
    STALLED,
    /// With a key set without keys.
    EMPTY
}
