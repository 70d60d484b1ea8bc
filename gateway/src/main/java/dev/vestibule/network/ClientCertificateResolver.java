package dev.vestibule.network;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides which certificate a client proved to have: the one of its own handshake with us, or the
/// one that a listed proxy verified and names in a header. Believes no proxy that is not listed;
/// the default list is empty. Immutable.
public final class ClientCertificateResolver {

    private static final int PEM_CHARS_MAX = 16 * 1024;

    private final Set<InetAddress> proxies;

    /// @param proxies the addresses of the proxies themselves
    public ClientCertificateResolver(List<InetAddress> proxies) {
        this.proxies = Set.copyOf(proxies);
    }

    /// What the headers of a request say, unjudged.
    ///
    /// @param forwarded the lines of `X-Forwarded-Client-Cert`
    /// @param verify the lines of `X-SSL-Client-Verify`
    /// @param certificate the lines of `X-SSL-Client-Cert`
    public record Claim(List<String> forwarded, List<String> verify, List<String> certificate) {

        public Claim {
            forwarded = List.copyOf(forwarded);
            verify = List.copyOf(verify);
            certificate = List.copyOf(certificate);
        }
    }

    /// Whether a peer may name its client's certificate.
    public boolean isProxy(InetAddress peer) {
        return proxies.contains(peer);
    }

    /// The certificate that a listed proxy names. Attack: a client sends the header itself, and the
    /// proxy adds to it or leaves it: what is there twice, in two forms, or in a form that cannot
    /// be read in one way, is no certificate.
    public ClientCertificate named(Claim claim) {
        boolean isForwarded = !claim.forwarded().isEmpty();
        boolean isWhole = !claim.verify().isEmpty() || !claim.certificate().isEmpty();
        if (isForwarded == isWhole) {
            return ClientCertificate.NONE;
        }
        return (isForwarded ? forwarded(claim.forwarded()) : whole(claim))
                .orElse(ClientCertificate.NONE);
    }

    /// As Envoy writes it: pairs such as `Hash=...;Subject="CN=tablet"`.
    private static Optional<ClientCertificate> forwarded(List<String> lines) {
        return lines.size() == 1
                ? ForwardedCertificate.parse(lines.getFirst())
                        .flatMap(ClientCertificateResolver::of)
                : Optional.empty();
    }

    private static Optional<ClientCertificate> of(Map<String, String> pairs) {
        String hash = pairs.getOrDefault("hash", "");
        return ClientCertificate.Verified.isFingerprint(hash)
                ? Optional.of(
                        new ClientCertificate.Verified(pairs.getOrDefault("subject", ""), hash))
                : Optional.empty();
    }

    /// As nginx writes it: `SUCCESS`, and the certificate in PEM, percent-encoded.
    private static Optional<ClientCertificate> whole(Claim claim) {
        if (!claim.verify().equals(List.of("SUCCESS"))
                || claim.certificate().size() != 1
                || claim.certificate().getFirst().length() > PEM_CHARS_MAX) {
            return Optional.empty();
        }
        try {
            // A plus sign stands for itself there, and Base64 has many.
            String pem =
                    URLDecoder.decode(
                            claim.certificate().getFirst().replace("+", "%2B"),
                            StandardCharsets.US_ASCII);
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    pem.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(ClientCertificate.Verified.of(certificate));
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
