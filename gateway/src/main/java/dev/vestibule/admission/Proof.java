package dev.vestibule.admission;

import dev.vestibule.session.SignInWay;

/// How somebody proved who they are, as far as it can be taken away again.
///
/// @param key names what it was, so that what began with it can be ended; the empty text where it
///   has no name
public record Proof(SignInWay way, String key) {}
