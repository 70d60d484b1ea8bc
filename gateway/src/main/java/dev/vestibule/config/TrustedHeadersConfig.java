package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.util.List;

/// A proxy in front that names the person in plain headers, as Authelia does: nothing is signed, so
/// whoever can send a request from one of the peers is whoever they say. The default is that nobody
/// is believed. See docs/behind-a-proxy.md.
///
/// @param peers addresses or blocks in CIDR notation from which the proxy itself connects. It is
///   the other end of the connection that counts, never a forwarded address. Required. Example:
///   `[172.18.0.2]`
/// @param user the header with the name by which the person is recognised. Default: `Remote-User`.
///   Example: `X-Auth-User`
/// @param name the header with the name to show. Default: `Remote-Name`. Example: `X-Auth-Name`
/// @param groups the header with the person's groups, separated by commas. Default:
///   `Remote-Groups`. Example: `X-Auth-Groups`
/// @param homes the names of the homes where it counts. Default: every home. Example:
///   `[lake-house]`
public record TrustedHeadersConfig(
        List<Cidr> peers, String user, String name, String groups, List<HomeId> homes) {

    /// Source: "Trusted Header SSO", authelia.com/integration/trusted-header-sso.
    static final String USER = "Remote-User";

    static final String NAME = "Remote-Name";
    static final String GROUPS = "Remote-Groups";

    public TrustedHeadersConfig {
        peers = List.copyOf(peers);
        homes = List.copyOf(homes);
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("plain headers need a named peer");
        }
    }

    /// Whether it says who somebody is at a home.
    public boolean countsAt(HomeId home) {
        return homes.isEmpty() || homes.contains(home);
    }
}
