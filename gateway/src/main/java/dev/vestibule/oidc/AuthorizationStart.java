package dev.vestibule.oidc;

import java.net.URI;

/// The beginning of a sign-in.
///
/// @param location where to send the browser
/// @param providerId the configured id of the provider, whose callback path awaits the answer
/// @param pending what to keep until then
public record AuthorizationStart(URI location, String providerId, PendingSignIn pending) {

    /// The address carries state and nonce, so it is not printed.
    @Override
    public String toString() {
        return "AuthorizationStart[providerId=" + providerId + "]";
    }
}
