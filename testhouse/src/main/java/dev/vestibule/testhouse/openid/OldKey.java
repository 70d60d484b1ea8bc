package dev.vestibule.testhouse.openid;

/// What becomes of the former signing key when the keys are rotated.
public enum OldKey {
    /// It stays in the JWKS, so that tokens signed before still verify.
    KEPT,
    /// It is gone at once.
    DROPPED
}
