package dev.vestibule.network;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The certificate that a client proved to have, verified against the configured authorities before
/// this was made. What a header of the client claims is none.
public sealed interface ClientCertificate {

    ClientCertificate NONE = new None();

    /// The client showed none.
    record None() implements ClientCertificate {}

    /// @param subject the subject, for people and logs; two certificates may have the same
    /// @param fingerprint the SHA-256 of the whole certificate, 64 hexadecimal digits in lower
    ///   case, which is what a device is known by
    record Verified(String subject, String fingerprint) implements ClientCertificate {

        private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

        public Verified {
            if (!isFingerprint(fingerprint)) {
                throw new IllegalArgumentException("no SHA-256 fingerprint");
            }
        }

        public static boolean isFingerprint(String text) {
            return FINGERPRINT.matcher(text).matches();
        }

        /// @param certificate a verified one
        public static Verified of(X509Certificate certificate) {
            try {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return new Verified(
                        certificate.getSubjectX500Principal().getName(),
                        HexFormat.of().formatHex(digest));
            } catch (CertificateEncodingException | NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("it was read from its encoded form", impossible);
            }
        }
    }
}
