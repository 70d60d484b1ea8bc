package dev.vestibule.network;

/// The certificate that a client proved to have, verified against the configured authorities before
/// this was made. What a header claims is none.
public sealed interface ClientCertificate {

    ClientCertificate NONE = new None();

    /// The client showed none.
    record None() implements ClientCertificate {}

    /// @param subject the subject as RFC 2253 writes it, for people and logs; two certificates may
    ///   have the same
    /// @param fingerprint the SHA-256 of the whole certificate, 64 hexadecimal digits in lower
    ///   case, which is what a device is known by
    record Verified(String subject, String fingerprint) implements ClientCertificate {

        public Verified {
            if (!fingerprint.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("no SHA-256 fingerprint");
            }
        }
    }
}
