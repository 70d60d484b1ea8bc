package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The keys of the provider: an RSA and an EC key to sign with, one of them in use, and an RSA key
/// for encryption. Safe to share between threads. The provider closes it.
final class KeyRing implements AutoCloseable {

    /// Keys that only lies need; each is made when it is first asked for.
    enum Odd {
        /// In no JWKS of the provider.
        STRANGER,
        /// 1024 bits.
        SMALL,
        P384,
        /// A second honest RSA key, so that there are several candidates.
        SPARE
    }

    /// One for all providers of a process: nobody decrypts with it, and making it takes its time.
    private static final SigningKey ENCRYPTION =
            SigningKey.rsaForEncryption(newKid("enc"), RsaKeys.generate(2048));

    private final SigningAlgorithm algorithm;
    private final RsaKeys rsaKeys = new RsaKeys();
    private final Map<Odd, SigningKey> odd = new EnumMap<>(Odd.class);
    private SigningKey rsa;
    private SigningKey ec;
    private List<JWK> retired = List.of();

    KeyRing(SigningAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.rsa = newRsa();
        this.ec = newEc();
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    /// The key that signs at the moment.
    synchronized SigningKey current() {
        return algorithm == SigningAlgorithm.ES256 ? ec : rsa;
    }

    synchronized SigningKey rsa() {
        return rsa;
    }

    synchronized SigningKey ec() {
        return ec;
    }

    SigningKey encryption() {
        return ENCRYPTION;
    }

    synchronized SigningKey odd(Odd kind) {
        return odd.computeIfAbsent(
                kind,
                _ ->
                        switch (kind) {
                            case STRANGER, SPARE -> newRsa(rsaKeys.next(), JWSAlgorithm.RS256);
                            case SMALL -> newRsa(RsaKeys.generate(1024), JWSAlgorithm.RS256);
                            case P384 -> SigningKey.ec(newKid("ec"), Curve.P_384);
                        });
    }

    synchronized void rotate(OldKey oldKey) {
        var still = new ArrayList<>(retired);
        still.add(current().publicJwk());
        retired =
                switch (oldKey) {
                    case KEPT -> List.copyOf(still);
                    case DROPPED -> List.of();
                };
        if (algorithm == SigningAlgorithm.ES256) {
            ec = newEc();
        } else {
            rsa = newRsa();
        }
    }

    /// What an honest JWKS holds.
    synchronized List<JWK> published() {
        var keys = new ArrayList<JWK>();
        keys.add(ENCRYPTION.publicJwk());
        keys.add(rsa.publicJwk());
        keys.add(ec.publicJwk());
        keys.addAll(retired);
        return List.copyOf(keys);
    }

    private SigningKey newRsa() {
        return newRsa(
                rsaKeys.next(),
                algorithm == SigningAlgorithm.PS256 ? JWSAlgorithm.PS256 : JWSAlgorithm.RS256);
    }

    private static SigningKey newRsa(KeyPair pair, JWSAlgorithm algorithm) {
        return SigningKey.rsa(newKid("rsa"), pair, algorithm);
    }

    private static SigningKey newEc() {
        return SigningKey.ec(newKid("ec"), Curve.P_256);
    }

    private static String newKid(String kind) {
        return kind + "-" + Unguessable.text().substring(0, 12);
    }

    @Override
    public void close() {
        rsaKeys.close();
    }
}
