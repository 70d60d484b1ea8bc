package dev.vestibule.config;

/// Whether people who come by an identity provider may prove a login that they have in Home
/// Assistant, and keep the user that it belongs to.
public enum Linking {
    /// Only an administrator links users, at the console.
    OFF,
    /// Whoever comes for the first time is asked, and may also do so later.
    OFFER
}
