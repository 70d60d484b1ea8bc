package dev.vestibule.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of a token, as 64 hexadecimal digits: what the store keeps instead of the token.
/// Tokens carry 128 random bits or more, so no salt and no slow hash is needed.
public record TokenHash(String hex) {

    public TokenHash {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
        }
    }

    public static TokenHash of(String token) {
        return new TokenHash(
                HexFormat.of().formatHex(sha256(token.getBytes(StandardCharsets.UTF_8))));
    }

    public static TokenHash of(Secret token) {
        return of(token.reveal());
    }

    /// The digest itself, for those who need bytes, such as PKCE (RFC 7636 section 4.2).
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
