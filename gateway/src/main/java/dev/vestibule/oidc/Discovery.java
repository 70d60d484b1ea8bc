package dev.vestibule.oidc;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What we use of a provider's discovery document, every address of it checked.
///
/// @param algorithms those that the configuration allows and the provider lists; never empty
/// @param sendsIssuer whether every answer must carry `iss` (RFC 9207 section 3)
/// @param offersBackChannelLogout whether the provider says by itself that somebody signed out
///   (OpenID Connect Back-Channel Logout 1.0 section 2.1)
/// @param scopes those that it lists
record Discovery(
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI jwksUri,
        Map<Extra, URI> extras,
        Set<SignatureAlgorithm> algorithms,
        boolean sendsIssuer,
        boolean offersBackChannelLogout,
        Set<String> scopes,
        boolean requiresPushedAuthorization) {

    Discovery {
        extras = Map.copyOf(extras);
        algorithms = Set.copyOf(algorithms);
        scopes = Set.copyOf(scopes);
    }

    boolean offersOfflineAccess() {
        return scopes.contains(AuthorizationRequests.OFFLINE_ACCESS);
    }

    /// Endpoints that a provider may have.
    enum Extra {
        USER_INFO("userinfo_endpoint"),
        PUSHED_AUTHORIZATION("pushed_authorization_request_endpoint"),
        END_SESSION("end_session_endpoint");

        private final String member;

        Extra(String member) {
            this.member = member;
        }

        String member() {
            return member;
        }
    }

    Optional<URI> endpoint(Extra extra) {
        return Optional.ofNullable(extras.get(extra));
    }
}
