package dev.vestibule.testhouse.openid;

/// What ID tokens and logout tokens are signed with, RFC 7518 section 3.1.
public enum SigningAlgorithm {
    RS256,
    PS256,
    ES256
}
