package dev.vestibule.testhouse.proxy;

/// Lies in the header and the signature of an assertion; the claims are true.
public enum AssertionLie {
    /// One bit of the signature is flipped.
    CORRUPTED,
    /// `alg` is `none`, and there is no signature.
    ALG_NONE,
    /// HS256, keyed with the encoded public key.
    HS256_WITH_PUBLIC_KEY,
    /// A stranger's signature under the name of the true key.
    STRANGER,
    /// A stranger's signature under a name that the key page does not have.
    UNKNOWN_KID,
    /// A stranger's signature, with the stranger's key in the header as `jwk`.
    EMBEDDED_JWK,
    /// A stranger's signature; `jku` names the stranger's keys.
    JKU,
    /// A stranger's signature; `x5u` names the stranger's certificate.
    X5U,
    /// A right signature with a header parameter that is marked critical and means nothing to us.
    UNKNOWN_CRIT
}
