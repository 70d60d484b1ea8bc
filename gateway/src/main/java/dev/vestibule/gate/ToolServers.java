package dev.vestibule.gate;

import dev.vestibule.config.Origin;
import dev.vestibule.http.RequestTarget;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Home Assistant's servers of tools (MCP). A program finds the way to sign in from the answer that
/// refuses it (RFC 9728 section 5.1; the MCP authorization specification demands it).
///
/// Nothing else is told so: browsers and apps know their way, and some ask for a password where a
/// challenge stands.
final class ToolServers {

    private static final List<List<String>> ALL =
            List.of(List.of("api", "mcp"), List.of("mcp_server"));

    private ToolServers() {}

    /// The document that says who gives tokens for what was asked for.
    static Optional<URI> metadata(Origin origin, RequestTarget target) {
        return ALL.stream().anyMatch(target::isUnder)
                ? Optional.of(
                        origin.resolve("/.well-known/oauth-protected-resource" + target.path()))
                : Optional.empty();
    }
}
