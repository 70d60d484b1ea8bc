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
import java.util.Objects;
import java.util.Optional;

/// Decides which certificate a client proved to have: the one of its own handshake with us, or the
/// one that a listed proxy verified and names in a header. Believes no proxy that is not listed;
/// the default list is empty. Immutable.
public final class ClientCertificateResolver {

    private static final int PEM_CHARS_MAX = 16 * 1024;

    private final Map<InetAddress, CertificateForm> proxies;

    /// @param proxies the addresses of the proxies themselves, and the form in which each is
    ///   believed
    public ClientCertificateResolver(Map<InetAddress, CertificateForm> proxies) {
        this.proxies = Map.copyOf(proxies);
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
        return proxies.containsKey(peer);
    }

    /// The certificate that a listed proxy names in its form. Attack: a client sends a header
    /// itself, and the proxy adds to it, or leaves it because it writes the other form or has no
    /// certificate to tell of: what is there twice, in the other form, in two forms, or in a way
    /// that cannot be read as one, is no certificate.
    ///
    /// @param peer one that [#isProxy]
    public ClientCertificate named(InetAddress peer, Claim claim) {
        CertificateForm form = Objects.requireNonNull(proxies.get(peer), "no listed proxy");
        boolean isForwarded = !claim.forwarded().isEmpty();
        boolean isWhole = !claim.verify().isEmpty() || !claim.certificate().isEmpty();
        Optional<ClientCertificate> certificate =
                switch (form) {
                    case XFCC -> isWhole ? Optional.empty() : forwarded(claim.forwarded());
                    case NGINX -> isForwarded ? Optional.empty() : whole(claim);
                };
        return certificate.orElse(ClientCertificate.NONE);
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
