package dev.vestibule.config;

/// Whether people may sign in with the password that they have in Home Assistant.
public enum LocalLogin {
    /// Nobody, at no door.
    OFF,
    /// Nobody, until the console opens the form for a while.
    BREAK_GLASS,
    /// Everybody who has one.
    ON
}
