package dev.vestibule.oidc;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;

import java.util.Optional;

/// The signature algorithms of tokens. `none` is missing on purpose: there is no configuration with
/// which it can be accepted. The symmetric one is for proxies that share a secret with us
/// ([TokenSigner]), and never for a provider: nobody who signs with a key pair is believed by it.
enum SignatureAlgorithm {
    RS256(KeyShape.RSA, "SHA-256"),
    RS384(KeyShape.RSA, "SHA-384"),
    RS512(KeyShape.RSA, "SHA-512"),
    PS256(KeyShape.RSA, "SHA-256"),
    PS384(KeyShape.RSA, "SHA-384"),
    PS512(KeyShape.RSA, "SHA-512"),
    // RFC 7518 section 3.4: each has the one curve that belongs to it.
    ES256(KeyShape.P_256, "SHA-256"),
    ES384(KeyShape.P_384, "SHA-384"),
    ES512(KeyShape.P_521, "SHA-512"),
    // Ed25519 (RFC 8037) hashes with SHA-512 inside, which is what at_hash is made with too.
    EDDSA(KeyShape.ED25519, "SHA-512"),
    HS256(KeyShape.SHARED_SECRET, "SHA-256");

    private static final int RSA_BITS_MIN = 2048;

    /// Larger keys only cost us time.
    private static final int RSA_BITS_MAX = 8192;

    private final KeyShape shape;
    private final String hash;

    SignatureAlgorithm(KeyShape shape, String hash) {
        this.shape = shape;
        this.hash = hash;
    }

    /// What a key must be to fit an algorithm.
    enum KeyShape {
        RSA,
        P_256,
        P_384,
        P_521,
        ED25519,
        /// No key that anybody publishes.
        SHARED_SECRET
    }

    /// Names are compared exactly: `rs256` is no algorithm.
    static Optional<SignatureAlgorithm> named(String name) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.joseName().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// Whether signing and checking take different keys.
    boolean isAsymmetric() {
        return shape != KeyShape.SHARED_SECRET;
    }

    String joseName() {
        return this == EDDSA ? "EdDSA" : name();
    }

    KeyShape shape() {
        return shape;
    }

    /// The digest of `at_hash` (OIDC Core section 3.1.3.6).
    String hash() {
        return hash;
    }

    boolean fits(JWK key) {
        return switch (shape) {
            case RSA -> key instanceof RSAKey rsa && isSafe(rsa);
            case P_256 -> isOnCurve(key, Curve.P_256);
            case P_384 -> isOnCurve(key, Curve.P_384);
            case P_521 -> isOnCurve(key, Curve.P_521);
            case ED25519 ->
                    key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve());
            case SHARED_SECRET -> false;
        };
    }

    private static boolean isSafe(RSAKey key) {
        return key.size() >= RSA_BITS_MIN && key.size() <= RSA_BITS_MAX;
    }

    private static boolean isOnCurve(JWK key, Curve curve) {
        return key instanceof ECKey ec && curve.equals(ec.getCurve());
    }
}
