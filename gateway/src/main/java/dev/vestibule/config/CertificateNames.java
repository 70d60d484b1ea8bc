package dev.vestibule.config;

import dev.vestibule.network.IpLiteral;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// What a certificate is good for, as browsers and apps see it: its alternative names and nothing
/// else. They have not looked at the common name for years (RFC 9525 section 6.3).
///
/// @param hosts in lower case; a first label may be `*`
/// @param addresses as literals
public record CertificateNames(List<String> hosts, List<String> addresses) {

    /// The tags of RFC 5280 section 4.2.1.6.
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    public CertificateNames {
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
    }

    public static CertificateNames of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? new CertificateNames(List.of(), List.of())
                    : new CertificateNames(ofKind(names, DNS_NAME), ofKind(names, IP_ADDRESS));
        } catch (CertificateParsingException unreadable) {
            return new CertificateNames(List.of(), List.of());
        }
    }

    private static List<String> ofKind(Collection<List<?>> names, int tag) {
        return names.stream()
                .filter(name -> name.getFirst().equals(tag))
                .map(name -> String.valueOf(name.getLast()).toLowerCase(Locale.ROOT))
                .toList();
    }

    public boolean include(Origin origin) {
        String host = origin.host();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return IpLiteral.parse(bare)
                .map(
                        address ->
                                addresses.stream()
                                        .flatMap(name -> IpLiteral.parse(name).stream())
                                        .anyMatch(address::equals))
                .orElseGet(() -> hosts.stream().anyMatch(name -> isOrCovers(name, bare)));
    }

    /// A star stands for one whole label, the first (RFC 9525 section 6.3).
    private static boolean isOrCovers(String name, String host) {
        int dot = host.indexOf('.');
        return name.equals(host) || (dot > 0 && name.equals("*" + host.substring(dot)));
    }

    @Override
    public String toString() {
        return hosts.isEmpty() && addresses.isEmpty()
                ? "no name at all"
                : String.join(", ", hosts)
                        + (hosts.isEmpty() || addresses.isEmpty() ? "" : ", ")
                        + String.join(", ", addresses);
    }
}
