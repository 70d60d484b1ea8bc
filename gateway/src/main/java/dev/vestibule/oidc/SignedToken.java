package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.foreign.ForeignText;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A token in JWS compact form (RFC 7515 section 3.1), taken apart and nothing more: its signature
/// is not checked here, so nothing in it may be believed yet.
///
/// @param keyId the `kid`, or empty text where there is none
/// @param header the encoded header, as it was signed
/// @param payload the encoded claims, as they were signed
/// @param signature the encoded signature
/// @param claims the decoded payload
record SignedToken(
        SignatureAlgorithm algorithm,
        String keyId,
        String header,
        String payload,
        String signature,
        ObjectNode claims) {

    private static final int LENGTH_MAX = 64 * 1024;
    private static final int KEY_ID_LENGTH_MAX = 256;
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");

    /// Members that change what is signed or how it is read. We understand none of them, and a
    /// provider has no reason to send them.
    private static final Set<String> UNWANTED = Set.of("crit", "b64", "zip", "enc");

    /// RFC 7515 section 5.2, steps 1 to 7.
    static SignedToken parse(String compact, TokenKind kind, Set<SignatureAlgorithm> allowed)
            throws TokenRefused {
        if (compact.length() > LENGTH_MAX) {
            throw unreadable("longer than " + LENGTH_MAX + " characters");
        }
        // Step 1. Five parts would be an encrypted token, which we never ask for.
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw unreadable(parts.length + " parts instead of 3");
        }
        // Steps 2 to 4: strict base64url, UTF-8, JSON without doubled members.
        ObjectNode header = object("header", parts[0]);
        SignatureAlgorithm algorithm = algorithm(header, allowed);
        // Step 5, and RFC 8725 section 3.11. The members jwk, jku, x5u and x5c are not read: a
        // token
        // does not choose the key that it is checked with.
        requireWantedMembers(header);
        requireType(header, kind);
        String keyId = keyId(header);
        // Steps 6 and 7.
        return new SignedToken(
                algorithm,
                keyId,
                parts[0],
                parts[1],
                encoded("signature", parts[2]),
                object("payload", parts[1]));
    }

    private static SignatureAlgorithm algorithm(ObjectNode header, Set<SignatureAlgorithm> allowed)
            throws TokenRefused {
        JsonNode name = header.path("alg");
        Optional<SignatureAlgorithm> algorithm =
                name.isTextual() ? SignatureAlgorithm.named(name.textValue()) : Optional.empty();
        return algorithm
                .filter(allowed::contains)
                .orElseThrow(
                        () ->
                                new TokenRefused(
                                        RejectionReason.ALGORITHM_NOT_ALLOWED,
                                        "alg is " + ForeignText.excerpt(name.toString())));
    }

    private static void requireWantedMembers(ObjectNode header) throws TokenRefused {
        for (String name : UNWANTED) {
            if (header.has(name)) {
                throw new TokenRefused(
                        RejectionReason.HEADER_NOT_ALLOWED, "the header has " + name);
            }
        }
    }

    private static void requireType(ObjectNode header, TokenKind kind) throws TokenRefused {
        if (!header.has("typ")) {
            return;
        }
        // RFC 7515 section 4.1.9: a media type, compared without case, `application/` left out.
        String typ = header.path("typ").asText().toLowerCase(Locale.ROOT);
        String bare = typ.startsWith("application/") ? typ.substring(12) : typ;
        if (!header.path("typ").isTextual() || !kind.allows(bare)) {
            throw new TokenRefused(
                    RejectionReason.TOKEN_TYPE, "typ is " + ForeignText.excerpt(typ));
        }
    }

    private static String keyId(ObjectNode header) throws TokenRefused {
        if (!header.has("kid")) {
            return "";
        }
        JsonNode keyId = header.path("kid");
        if (!keyId.isTextual()
                || keyId.textValue().isEmpty()
                || keyId.textValue().length() > KEY_ID_LENGTH_MAX) {
            throw new TokenRefused(
                    RejectionReason.HEADER_NOT_ALLOWED,
                    "kid is not a text of 1 to " + KEY_ID_LENGTH_MAX + " characters");
        }
        return keyId.textValue();
    }

    private static ObjectNode object(String what, String encoded) throws TokenRefused {
        return StrictJson.object(Base64.getUrlDecoder().decode(encoded(what, encoded)))
                .orElseThrow(() -> unreadable("the " + what + " is not one plain JSON object"));
    }

    private static String encoded(String what, String text) throws TokenRefused {
        if (!BASE64URL.matcher(text).matches() || text.length() % 4 == 1) {
            throw unreadable("the " + what + " is not base64url");
        }
        return text;
    }

    /// RFC 7515 section 5.1 step 8: what the signature is made over.
    byte[] signedBytes() {
        return (header + "." + payload).getBytes(StandardCharsets.US_ASCII);
    }

    /// Claims and signature make a token that works, so they are not printed.
    @Override
    public String toString() {
        return "SignedToken[" + algorithm + "]";
    }

    private static TokenRefused unreadable(String detail) {
        return new TokenRefused(RejectionReason.TOKEN_UNREADABLE, detail);
    }
}
