package dev.vestibule.oidc;

import java.util.Optional;
import java.util.Set;

/// What is known of a provider's documents at this moment.
///
/// @param keys those that it signs with
/// @param offers what its discovery document says that it can; empty while that was never had
public record ProviderDocuments(
        DocumentHealth discovery, DocumentHealth keys, Optional<Offers> offers) {

    /// @param backChannelLogout whether it says by itself that somebody signed out (OpenID Connect
    ///   Back-Channel Logout 1.0 section 2.1)
    /// @param offlineAccess whether it can be asked about people who are signed out there
    /// @param signOut whether browsers can be sent to it to sign out there too
    /// @param scopes those that it lists; a provider need not list any, nor all (OpenID Connect
    ///   Discovery 1.0 section 3)
    public record Offers(
            boolean backChannelLogout, boolean offlineAccess, boolean signOut, Set<String> scopes) {
        public Offers {
            scopes = Set.copyOf(scopes);
        }
    }
}
