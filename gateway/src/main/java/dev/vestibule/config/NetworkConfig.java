package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.util.List;

/// Whom to believe about addresses. Each entry is an address or a block in CIDR notation.
///
/// @param trustedProxies reverse proxies in front of Vestibule whose `X-Forwarded-For` counts.
///   Default: none. Example: `[172.18.0.2]`
/// @param lan networks that count as at home, for routes set to `lan`. Default: none. Example:
///   `[192.168.1.0/24, "fd12:3456::/48"]`
public record NetworkConfig(List<Cidr> trustedProxies, List<Cidr> lan) {

    public NetworkConfig {
        trustedProxies = List.copyOf(trustedProxies);
        lan = List.copyOf(lan);
    }
}
