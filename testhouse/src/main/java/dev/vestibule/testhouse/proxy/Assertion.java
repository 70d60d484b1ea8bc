package dev.vestibule.testhouse.proxy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One assertion while it is put together. Belongs to one thread.
public final class Assertion {

    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final ScriptedProxy proxy;
    private final Map<String, Object> claims = new LinkedHashMap<>();

    Assertion(ScriptedProxy proxy, Instant now, String subject) {
        this.proxy = proxy;
        claims.put("iss", ScriptedProxy.ISSUER);
        claims.put("aud", List.of(ScriptedProxy.AUDIENCE));
        claims.put("sub", subject);
        claims.put("email", subject + "@example.org");
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("type", "app");
    }

    public Assertion with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    public Assertion without(String claim) {
        claims.remove(claim);
        return this;
    }

    /// Signed by the proxy's own key.
    public String signed() {
        ECKey key = proxy.currentKey();
        return jws(header(key), key);
    }

    /// Signed with a secret that the proxy shares, as authentik's outposts do.
    public String signedWith(String secret) {
        return hs256(secret.getBytes(StandardCharsets.UTF_8));
    }

    public String signedFalsely(AssertionLie lie) {
        ECKey key = proxy.currentKey();
        ECKey stranger = proxy.strangersKey();
        Map<String, Object> header = header(key);
        return switch (lie) {
            case CORRUPTED -> corrupted(jws(header, key));
            case ALG_NONE -> input(Map.of("alg", "none", "typ", "JWT")) + ".";
            case HS256_WITH_PUBLIC_KEY -> hs256(publicKey(key));
            case STRANGER -> jws(header, stranger);
            case UNKNOWN_KID -> jws(header(stranger), stranger);
            case EMBEDDED_JWK -> {
                header.put("jwk", stranger.toPublicJWK().toJSONObject());
                yield jws(header, stranger);
            }
            case JKU -> {
                header.put("jku", "https://stranger.example/keys");
                yield jws(header, stranger);
            }
            case X5U -> {
                header.put("x5u", "https://stranger.example/certificate");
                yield jws(header, stranger);
            }
            case UNKNOWN_CRIT -> {
                header.put("vouch", true);
                header.put("crit", List.of("vouch"));
                yield jws(header, key);
            }
        };
    }

    private static Map<String, Object> header(ECKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "ES256");
        header.put("kid", key.getKeyID());
        header.put("typ", "JWT");
        return header;
    }

    private String input(Map<String, Object> header) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(header))
                + "."
                + Base64URL.encode(JSONObjectUtils.toJSONString(claims));
    }

    private String jws(Map<String, Object> header, ECKey key) {
        String input = input(header);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.toECPrivateKey());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException | JOSEException problem) {
            throw new IllegalStateException("cannot sign", problem);
        }
    }

    private String hs256(byte[] secret) {
        String input = input(new LinkedHashMap<>(Map.of("alg", "HS256", "typ", "JWT")));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input
                    + "."
                    + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no HmacSHA256", problem);
        }
    }

    private static byte[] publicKey(ECKey key) {
        try {
            return key.toECPublicKey().getEncoded();
        } catch (JOSEException problem) {
            throw new IllegalStateException("an EC key that is none", problem);
        }
    }

    private static String corrupted(String jws) {
        int at = jws.length() - 20;
        char other = jws.charAt(at) == 'A' ? 'B' : 'A';
        return jws.substring(0, at) + other + jws.substring(at + 1);
    }
}
