package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A JWS in compact form, RFC 7515 section 7.1, put together by hand so that every part can be
/// wrong.
final class RawJws {

    /// Turns the signing input into a signature.
    interface Signer {
        byte[] sign(byte[] input);
    }

    private RawJws() {}

    static String write(ObjectNode header, String payload, Signer signer) {
        return write(Json.write(header), payload, signer);
    }

    static String write(String header, String payload, Signer signer) {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
        byte[] signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64URL.encode(signature);
    }

    static Signer unsigned() {
        return _ -> new byte[0];
    }

    static Signer hs256(byte[] key) {
        // HMAC pads a key with zeros, so that one zero byte is the same key as no byte at all,
        // which the JDK refuses.
        byte[] usable = key.length == 0 ? new byte[1] : key.clone();
        return input -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(usable, "HmacSHA256"));
                return mac.doFinal(input);
            } catch (GeneralSecurityException problem) {
                throw new IllegalStateException("this JDK has no HmacSHA256", problem);
            }
        };
    }

    static Signer corrupted(Signer honest) {
        return input -> {
            byte[] signature = honest.sign(input);
            signature[signature.length / 2] ^= 1;
            return signature;
        };
    }
}
