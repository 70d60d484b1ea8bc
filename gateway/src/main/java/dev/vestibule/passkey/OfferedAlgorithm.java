package dev.vestibule.passkey;

import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.List;

/// The kinds of key that authenticators are asked for, the most wanted first (WebAuthn section
/// 5.8.5 says which curve goes with which). Between them every authenticator has one.
enum OfferedAlgorithm {
    EDDSA(-8),
    ES256(-7),
    RS256(-257);

    private static final int P256_BITS = 256;
    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 4096;

    private final long cose;

    /// @param cose as the registry of COSE algorithms has it
    OfferedAlgorithm(long cose) {
        this.cose = cose;
    }

    long cose() {
        return cose;
    }

    private COSEAlgorithmIdentifier identifier() {
        return COSEAlgorithmIdentifier.create(cose);
    }

    static List<PublicKeyCredentialParameters> parameters() {
        return Arrays.stream(values())
                .map(
                        algorithm ->
                                new PublicKeyCredentialParameters(
                                        PublicKeyCredentialType.PUBLIC_KEY, algorithm.identifier()))
                .toList();
    }

    /// Whether a key is of a kind that it says it is, and no weaker than real ones are.
    static boolean fits(COSEKey key) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.identifier().equals(key.getAlgorithm()))
                .anyMatch(algorithm -> !key.hasPrivateKey() && algorithm.isOfKind(key));
    }

    private boolean isOfKind(COSEKey key) {
        return switch (this) {
            case EDDSA ->
                    key.getPublicKey() instanceof EdECPublicKey edwards
                            && edwards.getParams().getName().equals("Ed25519");
            case ES256 -> key.getPublicKey() instanceof ECPublicKey elliptic && isOnP256(elliptic);
            case RS256 ->
                    key.getPublicKey() instanceof RSAPublicKey rsa
                            && isStrong(rsa.getModulus())
                            && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4);
        };
    }

    /// The JDK makes keys of points that are on no curve.
    private static boolean isOnP256(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        if (!(curve.getField() instanceof ECFieldFp field) || field.getFieldSize() != P256_BITS) {
            return false;
        }
        BigInteger p = field.getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return x.signum() >= 0
                && y.signum() >= 0
                && x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.pow(2).mod(p).equals(right);
    }

    private static boolean isStrong(BigInteger modulus) {
        return modulus.bitLength() >= RSA_BITS_MIN && modulus.bitLength() <= RSA_BITS_MAX;
    }
}
