package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// JSON Web Tokens with HS256, the only kind that Home Assistant makes.
final class Jwt {

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Jwt() {}

    static String sign(byte[] key, ObjectNode claims) {
        String signed = HEADER + "." + encode(Json.write(claims));
        return signed
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, signed));
    }

    /// The claims, unverified; empty where the text is no token of three parts.
    static Optional<JsonNode> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Json.parse(DECODER.decode(parts[1])).filter(JsonNode::isObject);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static boolean isSignedBy(byte[] key, String token) {
        int end = token.lastIndexOf('.');
        try {
            return token.startsWith(HEADER + ".")
                    && MessageDigest.isEqual(
                            mac(key, token.substring(0, end)),
                            DECODER.decode(token.substring(end + 1)));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
