package dev.vestibule.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Passwords that are computed when needed and stored nowhere.
public final class DerivedPassword {

    private DerivedPassword() {}

    /// HMAC-SHA-256 over the parts, as 43 characters of base64url: below the 72 bytes that Home
    /// Assistant's bcrypt reads. The parts are joined by NUL, so none may contain it.
    public static Secret derive(Secret key, String... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
