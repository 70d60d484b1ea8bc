package dev.vestibule.oidc;

import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.LogoutRequest;

import java.net.URI;

/// The end of the session at the provider, asked for by us (OIDC RP-Initiated Logout section 2).
/// Our own session has ended before the browser leaves, so nothing depends on its coming back.
///
/// @param location where to send the browser
/// @param state comes back with the browser; it may be missing or another one, which changes
///   nothing
public record RpInitiatedLogout(URI location, State state) {

    static RpInitiatedLogout at(URI endpoint, String clientId, URI returnTo, State state) {
        LogoutRequest request =
                new LogoutRequest(
                        endpoint,
                        null,
                        null,
                        new ClientID(clientId),
                        returnTo,
                        new com.nimbusds.oauth2.sdk.id.State(state.value().reveal()),
                        null);
        return new RpInitiatedLogout(request.toURI(), state);
    }

    /// Whether a browser that returns is the one that left. Only worth a line in the log: whatever
    /// it is, the person is signed out and sees the page that says so.
    public boolean isAnsweredBy(AuthorizationResponseParameters returned) {
        return returned.state().map(state::equals).orElse(false);
    }

    @Override
    public String toString() {
        return "RpInitiatedLogout[" + location.getRawAuthority() + "]";
    }
}
