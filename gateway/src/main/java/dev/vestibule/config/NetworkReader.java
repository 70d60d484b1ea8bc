package dev.vestibule.config;

import dev.vestibule.network.CertificateForm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the section `network`.
final class NetworkReader {

    private NetworkReader() {}

    static NetworkConfig read(Section section) {
        try (section) {
            return new NetworkConfig(
                    Networks.read(
                            section,
                            "trusted-proxies",
                            "Everybody could then write their own address. Name the proxy"
                                    + " itself."),
                    Networks.read(
                            section,
                            "lan",
                            "Everybody would then be at home. Name your own networks."),
                    certificateProxies(section));
        }
    }

    private static List<ClientCertificateProxyConfig> certificateProxies(Section network) {
        List<ClientCertificateProxyConfig> proxies = new ArrayList<>();
        Unique<String> addresses = new Unique<>(network.reading().findings());
        for (Section section : network.children("client-certificate-proxies")) {
            certificateProxy(section, addresses).ifPresent(proxies::add);
        }
        return proxies;
    }

    private static Optional<ClientCertificateProxyConfig> certificateProxy(
            Section section, Unique<String> addresses) {
        try (section) {
            Optional<InetAddress> address =
                    section.require(
                            "address",
                            Formats::exactAddress,
                            "Write where the proxy connects from, such as 172.18.0.2.");
            Optional<CertificateForm> form =
                    section.require(
                            "form",
                            Formats.oneOf(CertificateForm.values()),
                            "Write 'xfcc' where the proxy sends X-Forwarded-Client-Cert (Envoy,"
                                    + " HAProxy), or 'nginx' where it sends X-SSL-Client-Verify"
                                    + " and X-SSL-Client-Cert. It is believed in no other form.");
            address.map(InetAddress::getHostAddress)
                    .map(
                            text ->
                                    new Located<>(
                                            text,
                                            section.lineOf("address"),
                                            section.pathOf("address")))
                    .ifPresent(
                            located ->
                                    addresses.claim(
                                            located,
                                            "A proxy names certificates in one form. Keep the"
                                                    + " entry whose 'form' it writes."));
            return address.flatMap(
                    at -> form.map(how -> new ClientCertificateProxyConfig(at, how)));
        }
    }
}
