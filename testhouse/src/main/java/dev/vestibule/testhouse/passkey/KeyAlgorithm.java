package dev.vestibule.testhouse.passkey;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A kind of key, with its name in the registry of COSE algorithms (RFC 9053).
public enum KeyAlgorithm {
    ES256(-7, "SHA256withECDSA"),
    EDDSA(-8, "Ed25519"),
    ES384(-35, "SHA384withECDSA"),
    RS256(-257, "SHA256withRSA");

    private final int cose;
    private final String signature;

    KeyAlgorithm(int cose, String signature) {
        this.cose = cose;
        this.signature = signature;
    }

    public int cose() {
        return cose;
    }

    KeyPair newKey() {
        try {
            return switch (this) {
                case ES256 -> elliptic("secp256r1");
                case ES384 -> elliptic("secp384r1");
                case EDDSA -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                case RS256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(2048);
                    yield generator.generateKeyPair();
                }
            };
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK makes no keys for " + this, problem);
        }
    }

    private static KeyPair elliptic(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    byte[] sign(PrivateKey key, byte[] input) {
        try {
            Signature signing = Signature.getInstance(signature);
            signing.initSign(key);
            signing.update(input);
            return signing.sign();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("cannot sign with " + this, problem);
        }
    }

    boolean verifies(PublicKey key, byte[] input, byte[] signed) {
        try {
            Signature verifying = Signature.getInstance(signature);
            verifying.initVerify(key);
            verifying.update(input);
            return verifying.verify(signed);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("cannot verify with " + this, problem);
        }
    }

    /// A public key as authenticators write it (RFC 9052 section 7, WebAuthn section 6.5.1.1).
    Map<Object, Object> coseKey(PublicKey key) {
        Map<Object, Object> written = new LinkedHashMap<>();
        switch (key) {
            case ECPublicKey elliptic -> {
                int bytes = this == ES384 ? 48 : 32;
                written.put(1, 2);
                written.put(3, cose);
                written.put(-1, this == ES384 ? 2 : 1);
                written.put(-2, padded(elliptic.getW().getAffineX().toByteArray(), bytes));
                written.put(-3, padded(elliptic.getW().getAffineY().toByteArray(), bytes));
            }
            case EdECPublicKey edwards -> {
                byte[] encoded = edwards.getEncoded();
                written.put(1, 1);
                written.put(3, cose);
                written.put(-1, 6);
                written.put(-2, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
            }
            case RSAPublicKey rsa -> {
                written.put(1, 3);
                written.put(3, cose);
                written.put(-1, padded(rsa.getModulus().toByteArray(), 256));
                written.put(-2, new byte[] {1, 0, 1});
            }
            default -> throw new IllegalArgumentException("no such key: " + key.getAlgorithm());
        }
        return written;
    }

    private static byte[] padded(byte[] number, int length) {
        byte[] whole = new byte[length];
        int from = Math.max(0, number.length - length);
        System.arraycopy(
                number, from, whole, length - (number.length - from), number.length - from);
        return whole;
    }
}
