package dev.vestibule.config;

import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;

import java.net.InetAddress;
import java.util.List;

/// Whom to believe about clients. Each entry is an address or a block in CIDR notation.
///
/// @param trustedProxies reverse proxies in front of Vestibule whose `X-Forwarded-For` counts.
///   Default: none. Example: `[172.18.0.2]`
/// @param lan networks that count as at home, for routes set to `lan`. Default: none. Example:
///   `[192.168.1.0/24, "fd12:3456::/48"]`
/// @param clientCertificateProxies the addresses of proxies, each by itself and no block, that end
///   TLS, verify certificates of devices and name them in a header; see [tls.md](tls.md). Default:
///   none. Example: `[172.18.0.2]`
public record NetworkConfig(
        List<Cidr> trustedProxies, List<Cidr> lan, List<InetAddress> clientCertificateProxies) {

    /// Nobody speaks for the certificates of others.
    public NetworkConfig(List<Cidr> trustedProxies, List<Cidr> lan) {
        this(trustedProxies, lan, List.of());
    }

    public NetworkConfig {
        clientCertificateProxies = List.copyOf(clientCertificateProxies);
        trustedProxies = List.copyOf(trustedProxies);
        lan = List.copyOf(lan);
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
