package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.util.List;
import java.util.Set;

/// Whether requests must come through the proxy in front. Whoever walks around it hears 403 at the
/// door, whatever they ask for, and no byte of theirs reaches Home Assistant. Without these keys
/// every way to the door is as good as another. See docs/behind-a-proxy.md.
///
/// @param assertions the id of the entry of `assertions` of which every request must carry a valid
///   assertion; with a list any of them will do. Key: `assertion`. Default: none. Example: `access`
/// @param peers addresses or blocks in CIDR notation from which requests pass without an assertion:
///   a proxy that signs nothing, or devices that must reach the gateway themselves. It is the other
///   end of the connection that counts, never a forwarded address. Default: none. Example:
///   `[172.18.0.2]`
/// @param exempt classes of routes for which nothing is demanded, where the proxy has a bypass for
///   programs: `endpoint` (the token endpoint), `token` (the API), `socket`, `signed`,
///   `capability`, `webhook` or `voice`. Default: none. Example: `[webhook, voice, endpoint]`
public record RequireUpstreamConfig(List<String> assertions, List<Cidr> peers, Set<String> exempt) {

    public static final RequireUpstreamConfig NOTHING =
            new RequireUpstreamConfig(List.of(), List.of(), Set.of());

    /// What programs ask for, which no proxy's sign-in page can stop. Pages are for browsers, which
    /// come through the proxy.
    public static final List<String> EXEMPTIBLE =
            List.of("endpoint", "token", "socket", "signed", "capability", "webhook", "voice");

    public RequireUpstreamConfig {
        assertions = List.copyOf(assertions);
        peers = List.copyOf(peers);
        exempt = Set.copyOf(exempt);
    }

    public boolean isDemanded() {
        return !assertions.isEmpty() || !peers.isEmpty();
    }
}
