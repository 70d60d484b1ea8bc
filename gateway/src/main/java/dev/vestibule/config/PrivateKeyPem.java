package dev.vestibule.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/// Reads the private key of a certificate, and makes sure that it is.
final class PrivateKeyPem {

    private static final int RSA_BITS_MIN = 2_048;
    private static final byte[] PROBE = {1, 2, 3};

    private PrivateKeyPem() {}

    /// @param owner the public key in the certificate
    static Parsed<PrivateKey> read(String pem, PublicKey owner) {
        List<PemBlock> keys =
                PemBlock.all(pem).stream()
                        .filter(block -> block.label().endsWith("PRIVATE KEY"))
                        .toList();
        if (keys.size() != 1) {
            return new Parsed.Bad<>(
                    keys.isEmpty()
                            ? "This holds no private key in PEM. Give the file that begins with"
                                    + " -----BEGIN PRIVATE KEY-----."
                            : "This holds several private keys. Keep the certificate's.");
        }
        PemBlock block = keys.getFirst();
        if (block.label().startsWith("ENCRYPTED") || block.body().contains("ENCRYPTED")) {
            return new Parsed.Bad<>(
                    "This key has a password, which nobody could type when the gateway starts. Take"
                            + " it off with: openssl pkey -in OLD -out NEW");
        }
        return block.label().equals("PRIVATE KEY")
                ? pkcs8(block, owner)
                : new Parsed.Bad<>(
                        "This is a private key in an older form ("
                                + block.label()
                                + "). Convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out"
                                + " NEW");
    }

    private static Parsed<PrivateKey> pkcs8(PemBlock block, PublicKey owner) {
        if (!List.of("RSA", "EC").contains(owner.getAlgorithm())) {
            return new Parsed.Bad<>(
                    "The certificate has a key of the kind "
                            + owner.getAlgorithm()
                            + ". Only RSA and EC are served.");
        }
        try {
            PrivateKey key =
                    KeyFactory.getInstance(owner.getAlgorithm())
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(block.bytes().orElse(new byte[0])));
            if (!belongs(key, owner)) {
                return new Parsed.Bad<>(
                        "This is the key of another certificate. Give the two files that were made"
                                + " together.");
            }
            return key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN
                    ? new Parsed.Bad<>(
                            "This RSA key is shorter than 2048 bits, which clients refuse. Make a"
                                    + " new key and certificate.")
                    : new Parsed.Good<>(key);
        } catch (GeneralSecurityException unreadable) {
            return new Parsed.Bad<>(
                    "This is no "
                            + owner.getAlgorithm()
                            + " key, but the certificate's is. Give the two files that were made"
                            + " together.");
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey owner)
            throws GeneralSecurityException {
        String algorithm = owner.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(owner);
        verifying.update(PROBE);
        return verifying.verify(signing.sign());
    }
}
