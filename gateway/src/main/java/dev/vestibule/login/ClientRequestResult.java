package dev.vestibule.login;

import dev.vestibule.admission.ClientRequest;

/// What an authorization request turned out to be.
sealed interface ClientRequestResult {

    record Accepted(ClientRequest request) implements ClientRequestResult {}

    /// A client that is not one of this home's own pages.
    ///
    /// @param clientId as it came, to be shown; not more than a line
    record UnknownClient(String clientId) implements ClientRequestResult {}

    /// It cannot be answered, and the redirect is not to be trusted either.
    ///
    /// @param reason a stable code, also the last part of a message's key
    record Malformed(String reason) implements ClientRequestResult {}
}
