package dev.vestibule.config;

import dev.vestibule.network.CertificateForm;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Whom to believe about clients. Each entry is an address or a block in CIDR notation.
///
/// @param trustedProxies reverse proxies in front of Vestibule whose `X-Forwarded-For` counts.
///   Default: none. Example: `[172.18.0.2]`
/// @param lan networks that count as at home, for routes set to `lan`. Default: none. Example:
///   `[192.168.1.0/24, "fd12:3456::/48"]`
/// @param clientCertificateProxies those proxies that name the certificates of devices; none unless
///   they are listed
public record NetworkConfig(
        List<Cidr> trustedProxies,
        List<Cidr> lan,
        List<ClientCertificateProxyConfig> clientCertificateProxies) {

    /// Nobody speaks for the certificates of others.
    public NetworkConfig(List<Cidr> trustedProxies, List<Cidr> lan) {
        this(trustedProxies, lan, List.of());
    }

    public NetworkConfig {
        clientCertificateProxies = List.copyOf(clientCertificateProxies);
        trustedProxies = List.copyOf(trustedProxies);
        lan = List.copyOf(lan);
    }

    /// Who is believed about certificates of devices, and in which form.
    ///
    /// @throws IllegalStateException for an address that is listed twice, which the reader refuses
    public Map<InetAddress, CertificateForm> certificateForms() {
        return clientCertificateProxies.stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                ClientCertificateProxyConfig::address,
                                ClientCertificateProxyConfig::form));
    }

    /// Whether a client is in one of the networks listed as `lan`. One whose address is not known
    /// is in none.
    public boolean isLan(ClientAddress client) {
        if (client instanceof ClientAddress.Known(var address)) {
            for (Cidr network : lan) {
                if (network.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }
}
