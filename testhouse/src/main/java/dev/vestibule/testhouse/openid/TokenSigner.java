package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Signs payloads, honestly or not. What a lie needs in the JWKS is put there by [KeySetEndpoint].
final class TokenSigner {

    private static final int HUGE_KID_CHARACTERS = 1_000_000;

    private final KeyRing keys;
    private final Issuers issuers;

    TokenSigner(KeyRing keys, Issuers issuers) {
        this.keys = keys;
        this.issuers = issuers;
    }

    /// An honest JWS by the current key.
    String sign(String type, String payload) {
        return RawJws.write(header().put("typ", type), payload, current());
    }

    ObjectNode header() {
        return Json.object().put("alg", keys.algorithm().name()).put("kid", keys.current().kid());
    }

    RawJws.Signer current() {
        SigningKey key = keys.current();
        return input -> key.sign(keys.algorithm(), input);
    }

    String signFalsely(SignatureLie lie, String payload, RegisteredClient client) {
        ObjectNode header = header();
        SigningKey stranger = keys.odd(KeyRing.Odd.STRANGER);
        return switch (lie) {
            case CORRUPTED -> RawJws.write(header, payload, RawJws.corrupted(current()));
            case EMPTY -> RawJws.write(header, payload, RawJws.unsigned());
            case ALG_NONE ->
                    RawJws.write(Json.object().put("alg", "none"), payload, RawJws.unsigned());
            case ALG_LOWER_CASE ->
                    RawJws.write(header.put("alg", lowerCaseAlgorithm()), payload, current());
            case HS256_WITH_PUBLIC_KEY ->
                    hs256(header.put("kid", keys.rsa().kid()), payload, publicPem());
            case HS256_WITH_CLIENT_SECRET -> hs256(header, payload, client.secretOrId());
            case OTHER_RSA_PADDING -> otherPadding(payload);
            case NO_KID_ONE_KEY, NO_KID_SEVERAL_KEYS ->
                    RawJws.write(header.without("kid"), payload, current());
            case DUPLICATE_KID -> RawJws.write(header, payload, current());
            case UNKNOWN_KID -> strangely(header.put("kid", stranger.kid()), payload);
            case KID_OF_OTHER_KEY -> strangely(header, payload);
            case KID_PATH -> hs256(header.put("kid", "../../../../dev/null"), payload, "");
            case KID_SQL ->
                    hs256(
                            header.put("kid", "x' UNION SELECT 'known-key' --"),
                            payload,
                            "known-key");
            case KID_HUGE ->
                    RawJws.write(
                            header.put("kid", "k".repeat(HUGE_KID_CHARACTERS)), payload, current());
            case EMBEDDED_JWK -> {
                header.set("jwk", Json.of(stranger.publicJwk().toJSONObject()));
                yield strangely(header, payload);
            }
            case JKU -> strangely(header.put("jku", elsewhere("/keys-of-a-stranger")), payload);
            case X5U -> strangely(header.put("x5u", elsewhere("/certificate")), payload);
            case UNKNOWN_CRIT -> unknownCritical(header, payload);
            case B64_FALSE -> unencoded(header, payload);
            case SMALL_RSA_KEY -> by(keys.odd(KeyRing.Odd.SMALL), SigningAlgorithm.RS256, payload);
            case ES256_WITH_P384 -> by(keys.odd(KeyRing.Odd.P384), SigningAlgorithm.ES256, payload);
            case PSYCHIC ->
                    RawJws.write(
                            header.put("alg", "ES256").put("kid", keys.ec().kid()),
                            payload,
                            _ -> new byte[64]);
            case ENCRYPTED -> encrypted(payload);
        };
    }

    /// A stranger's RS256 signature under any header.
    String strangely(ObjectNode header, String payload) {
        SigningKey stranger = keys.odd(KeyRing.Odd.STRANGER);
        return RawJws.write(
                header.put("alg", "RS256"),
                payload,
                input -> stranger.sign(SigningAlgorithm.RS256, input));
    }

    String hs256(ObjectNode header, String payload, String key) {
        return RawJws.write(
                header.put("alg", "HS256"),
                payload,
                RawJws.hs256(key.getBytes(StandardCharsets.UTF_8)));
    }

    private String by(SigningKey key, SigningAlgorithm algorithm, String payload) {
        ObjectNode header = Json.object().put("alg", algorithm.name()).put("kid", key.kid());
        return RawJws.write(header, payload, input -> key.sign(algorithm, input));
    }

    private String otherPadding(String payload) {
        SigningAlgorithm other =
                keys.algorithm() == SigningAlgorithm.PS256
                        ? SigningAlgorithm.RS256
                        : SigningAlgorithm.PS256;
        return by(keys.rsa(), other, payload);
    }

    private String unknownCritical(ObjectNode header, String payload) {
        String name = "https://vestibule.invalid/must-be-understood";
        header.put(name, true).putArray("crit").add(name);
        return RawJws.write(header, payload, current());
    }

    /// RFC 7797 section 3: the signature covers the payload itself; it still travels encoded,
    /// because compact form leaves no room for its dots.
    private String unencoded(ObjectNode header, String payload) {
        header.put("b64", false).putArray("crit").add("b64");
        Base64URL encodedHeader = Base64URL.encode(Json.write(header));
        byte[] input = (encodedHeader + "." + payload).getBytes(StandardCharsets.UTF_8);
        return encodedHeader
                + "."
                + Base64URL.encode(payload)
                + "."
                + Base64URL.encode(current().sign(input));
    }

    private String encrypted(String payload) {
        try {
            var jwe =
                    new JWEObject(
                            new JWEHeader.Builder(
                                            JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                                    .keyID(keys.encryption().kid())
                                    .build(),
                            new Payload(payload));
            jwe.encrypt(new RSAEncrypter(keys.encryption().publicJwk().toRSAKey()));
            return jwe.serialize();
        } catch (JOSEException problem) {
            throw new IllegalStateException("cannot encrypt", problem);
        }
    }

    private String lowerCaseAlgorithm() {
        return switch (keys.algorithm()) {
            case RS256 -> "rs256";
            case PS256 -> "ps256";
            case ES256 -> "es256";
        };
    }

    private String publicPem() {
        try {
            byte[] encoded = keys.rsa().publicJwk().toRSAKey().toPublicKey().getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException problem) {
            throw new IllegalStateException("an RSA key that is none", problem);
        }
    }

    private String elsewhere(String path) {
        return issuers.elsewhere() + path;
    }
}
