package dev.vestibule.testhouse.openid;

/// Lies in the header, the signature and the keys of ID tokens; the claims are true.
public enum SignatureLie implements Lie {
    /// One bit of the signature is flipped.
    CORRUPTED(Verdict.REFUSE),
    /// There is no signature, though the header names an algorithm.
    EMPTY(Verdict.REFUSE),
    /// `alg` is `none` and there is no signature.
    ALG_NONE(Verdict.REFUSE),
    /// A right signature whose `alg` is in lower-case letters; RFC 7515 section 4.1.1 is
    /// case-sensitive.
    ALG_LOWER_CASE(Verdict.REFUSE),
    /// HS256, keyed with the PEM text of the public RSA key.
    HS256_WITH_PUBLIC_KEY(Verdict.REFUSE),
    /// HS256, keyed with the client secret, which discovery does not offer.
    HS256_WITH_CLIENT_SECRET(Verdict.REFUSE),
    /// PS256 by a key whose JWK says RS256.
    OTHER_RSA_PADDING(Verdict.EITHER),
    /// No `kid`, and the JWKS holds one key.
    NO_KID_ONE_KEY(Verdict.ACCEPT),
    /// No `kid`, and the JWKS holds several keys that fit. Try them or refuse.
    NO_KID_SEVERAL_KEYS(Verdict.EITHER),
    /// Signed with a key that is not in the JWKS, under a new `kid`.
    UNKNOWN_KID(Verdict.REFUSE),
    /// Two keys in the JWKS have the `kid`; the second one signed.
    DUPLICATE_KID(Verdict.EITHER),
    /// A stranger's signature under the `kid` of the true key.
    KID_OF_OTHER_KEY(Verdict.REFUSE),
    /// `kid` is a path to an empty file, and the token is HS256 with an empty key.
    KID_PATH(Verdict.REFUSE),
    /// `kid` is an SQL injection that would yield a known HS256 key.
    KID_SQL(Verdict.REFUSE),
    /// `kid` has one million characters; the signature is right.
    KID_HUGE(Verdict.REFUSE),
    /// A stranger's signature, with the stranger's key in the header as `jwk`.
    EMBEDDED_JWK(Verdict.REFUSE),
    /// A stranger's signature; `jku` points to the stranger's keys at [Endpoint#ELSEWHERE].
    JKU(Verdict.REFUSE),
    /// A stranger's signature; `x5u` points to [Endpoint#ELSEWHERE].
    X5U(Verdict.REFUSE),
    /// A right signature, with an unknown header parameter that is marked critical.
    UNKNOWN_CRIT(Verdict.REFUSE),
    /// A right signature over the payload as it stands, RFC 7797, which nobody agreed on.
    B64_FALSE(Verdict.REFUSE),
    /// Signed with an RSA key of 1024 bits, which the JWKS holds.
    SMALL_RSA_KEY(Verdict.REFUSE),
    /// `alg` is ES256, the key in the JWKS is on P-384.
    ES256_WITH_P384(Verdict.REFUSE),
    /// ES256 by the true EC key, with a signature of zeros (CVE-2022-21449).
    PSYCHIC(Verdict.REFUSE),
    /// A JWE where a JWS belongs.
    ENCRYPTED(Verdict.REFUSE);

    private final Verdict verdict;

    SignatureLie(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }
}
