package dev.vestibule.login;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Parameters;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// What a client says that its token is for (RFC 8707): this home, or something of it, such as its
/// MCP server. Everything a person may do at a home is one audience here.
///
/// Attack: a token that a client believes to be for somewhere else.
final class Resources {

    private Resources() {}

    /// @param origins of the home
    static boolean areAllOf(Parameters parameters, List<Origin> origins) {
        return parameters.values("resource").stream().allMatch(one -> isOf(one, origins));
    }

    private static boolean isOf(String resource, List<Origin> origins) {
        try {
            URI uri = new URI(resource);
            return uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && Origin.of(uri).filter(origins::contains).isPresent();
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
