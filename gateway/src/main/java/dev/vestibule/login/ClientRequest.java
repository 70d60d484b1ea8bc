package dev.vestibule.login;

import dev.vestibule.http.PercentCoding;
import dev.vestibule.secret.Secret;

import java.net.URI;

/// What a client asked for at `/auth/authorize`, checked.
///
/// @param redirectUri where the answer goes; printable ASCII, its own query kept
/// @param state given back verbatim; empty text where there is none
/// @param codeChallenge of PKCE with S256; empty text where the client uses none
record ClientRequest(String clientId, String redirectUri, String state, String codeChallenge) {

    /// RFC 6749 section 4.1.2: the parameters are added to the redirect's own query. A space is
    /// `%20`, because Home Assistant's front end decodes no `+`.
    URI answerWith(Secret code) {
        char separator = redirectUri.indexOf('?') < 0 ? '?' : '&';
        return URI.create(
                redirectUri
                        + separator
                        + "code="
                        + code.reveal()
                        + (state.isEmpty() ? "" : parameter("state", state)));
    }

    /// The request as a query again.
    String query() {
        return "response_type=code"
                + parameter("client_id", clientId)
                + parameter("redirect_uri", redirectUri)
                + (state.isEmpty() ? "" : parameter("state", state))
                + (codeChallenge.isEmpty()
                        ? ""
                        : parameter("code_challenge", codeChallenge)
                                + parameter("code_challenge_method", "S256"));
    }

    private static String parameter(String name, String value) {
        return "&" + name + "=" + PercentCoding.encode(value);
    }
}
