package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;

import dev.vestibule.secret.Secret;

import java.net.URI;
import java.util.Locale;
import java.util.function.Function;

/// Asks for further claims, with the access token of a sign-in whose ID token was believed.
final class UserInfoEndpoint {

    static final int BYTES_MAX = 128 * 1024;

    private final ProviderHttp http;

    UserInfoEndpoint(ProviderHttp http) {
        this.http = http;
    }

    /// @param subject the `sub` of the ID token, which must be the same here: the access token
    ///   alone could have been swapped for another person's (OIDC Core section 5.3.2)
    ObjectNode claims(URI endpoint, Secret accessToken, String subject) throws TokenRefused {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, endpoint);
        request.setAuthorization("Bearer " + accessToken.reveal());
        ProviderHttp.Answer answer = http.send(request, BYTES_MAX, Function.identity());
        if (!answer.isOk()) {
            throw new TokenRefused(
                    RejectionReason.USER_INFO_REFUSED, "UserInfo answered " + answer.status());
        }
        // A signed answer (application/jwt) comes only to clients that registered for it.
        ObjectNode claims = isJson(answer.contentType()) ? answer.json().orElse(null) : null;
        if (claims == null) {
            throw new TokenRefused(
                    RejectionReason.USER_INFO_REFUSED, "UserInfo sent something else than JSON");
        }
        if (!claims.path("sub").isTextual() || !claims.path("sub").textValue().equals(subject)) {
            throw new TokenRefused(
                    RejectionReason.USER_INFO_SUBJECT, "UserInfo is about another person");
        }
        return claims;
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json");
    }
}
