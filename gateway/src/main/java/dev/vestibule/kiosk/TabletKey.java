package dev.vestibule.kiosk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/// The public half of a tablet's key: ECDSA on P-256, made by the browser, whose private half
/// cannot leave it (Web Cryptography API, `extractable: false`).
///
/// @param encoded SubjectPublicKeyInfo (RFC 5480) in base64url, as it is kept
record TabletKey(String encoded, PublicKey key) {

    /// 91 bytes are what P-256 takes, uncompressed.
    private static final int ENCODED_MAX = 256;

    private static final int FIELD_BITS = 256;

    /// NIST P-256 has a = p - 3; of the curves with 256 bits that the JDK knows only it has this b.
    private static final String P_256_B =
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";

    /// Empty where it is no such key.
    static Optional<TabletKey> read(String encoded) {
        if (encoded.length() > ENCODED_MAX) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            PublicKey key =
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(bytes));
            // Encoded anew, so that one key has one spelling.
            String canonical =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
            return isOnP256(key) ? Optional.of(new TabletKey(canonical, key)) : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isOnP256(PublicKey key) {
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == FIELD_BITS
                && ec.getParams().getCurve().getB().toString(16).equals(P_256_B);
    }

    /// @param signature r and s, 32 bytes each, in base64url: as the Web Cryptography API gives it
    boolean signed(String text, String signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
            return false;
        }
    }
}
