package dev.vestibule.login;

import dev.vestibule.grant.FreshAccessToken;
import dev.vestibule.secret.Secret;

/// What a client gets at `/auth/token`.
sealed interface TokenResult {

    /// A first access token with our refresh token.
    record Issued(FreshAccessToken access, Secret refreshToken) implements TokenResult {}

    /// A further access token; the refresh token stays.
    record Refreshed(FreshAccessToken access) implements TokenResult {}

    /// A decision against the client. It drops its tokens, so a fault must never end up here.
    ///
    /// @param error of RFC 6749 section 5.2, or `access_denied` as Home Assistant has it
    /// @param description empty text where Home Assistant gives none
    record Refused(int status, String error, String description) implements TokenResult {}

    /// Nothing can be decided now.
    record TryLater() implements TokenResult {}

    Refused INVALID_CLIENT = new Refused(400, "invalid_request", "Invalid client id");
    Refused INVALID_CODE = new Refused(400, "invalid_request", "Invalid code");
    Refused OTHER_CLIENT = new Refused(400, "invalid_request", "");
    Refused INVALID_GRANT = new Refused(400, "invalid_grant", "");
    Refused UNSUPPORTED = new Refused(400, "unsupported_grant_type", "");

    /// RFC 8707 section 2.
    Refused OTHER_RESOURCE = new Refused(400, "invalid_target", "");

    Refused DENIED = new Refused(403, "access_denied", "");
}
