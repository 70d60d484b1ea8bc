package dev.vestibule.tenant;

import java.time.Duration;

/// Whether a request comes from a SCIM client. Whoever asked has nothing left to log.
public sealed interface TenantAuthentication {

    /// The token is one of this client's, and the request comes from where it may.
    record Authenticated(Tenant tenant) implements TenantAuthentication {}

    /// No such token, or the right one from elsewhere: 401, and the caller must not tell which.
    record Refused() implements TenantAuthentication {}

    /// As [Refused], and the address has been refused too often: 429 with `Retry-After`. A right
    /// token is never answered so.
    record TooMany(Duration retryAfter) implements TenantAuthentication {}
}
