package dev.vestibule.grant;

import dev.vestibule.secret.Secret;

/// A grant that has just been made, with the refresh token that its client gets.
public record IssuedGrant(LiveGrant grant, Secret refreshToken) {}
