package dev.vestibule.session;

/// From where a session may be used, as far as the way in says so.
public enum Reach {
    /// From the home's own networks only.
    HOME,
    ANYWHERE
}
