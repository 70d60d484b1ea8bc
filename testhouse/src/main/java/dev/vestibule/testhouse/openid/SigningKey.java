package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/// A private key and what the JWKS says about it.
record SigningKey(String kid, PrivateKey privateKey, JWK publicJwk) {

    static SigningKey rsa(String kid, KeyPair pair, JWSAlgorithm algorithm) {
        return rsa(kid, pair, algorithm, KeyUse.SIGNATURE);
    }

    /// A key for encryption only, as Keycloak has one in its JWKS.
    static SigningKey rsaForEncryption(String kid, KeyPair pair) {
        return rsa(kid, pair, new JWEAlgorithm("RSA-OAEP"), KeyUse.ENCRYPTION);
    }

    private static SigningKey rsa(String kid, KeyPair pair, Algorithm algorithm, KeyUse use) {
        JWK jwk =
                new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                        .keyID(kid)
                        .keyUse(use)
                        .algorithm(algorithm)
                        .build();
        return new SigningKey(kid, pair.getPrivate(), jwk);
    }

    static SigningKey ec(String kid, Curve curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve.getStdName()));
            KeyPair pair = generator.generateKeyPair();
            JWK jwk =
                    new ECKey.Builder(curve, (ECPublicKey) pair.getPublic())
                            .keyID(kid)
                            .keyUse(KeyUse.SIGNATURE)
                            .build();
            return new SigningKey(kid, pair.getPrivate(), jwk);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK makes no EC keys", problem);
        }
    }

    /// The same private key, which the JWKS lists under another name.
    SigningKey named(String otherKid) {
        JWK renamed =
                publicJwk instanceof RSAKey rsa
                        ? new RSAKey.Builder(rsa).keyID(otherKid).build()
                        : new ECKey.Builder((ECKey) publicJwk).keyID(otherKid).build();
        return new SigningKey(otherKid, privateKey, renamed);
    }

    /// RFC 7518 sections 3.3 to 3.5. The curve of an EC key is not compared with the algorithm.
    byte[] sign(SigningAlgorithm algorithm, byte[] input) {
        try {
            Signature signature =
                    switch (algorithm) {
                        case RS256 -> Signature.getInstance("SHA256withRSA");
                        case PS256 -> probabilistic();
                        case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
                    };
            signature.initSign(privateKey);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("cannot sign with key " + kid, problem);
        }
    }

    private static Signature probabilistic() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return signature;
    }
}
