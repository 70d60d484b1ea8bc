package dev.vestibule.login;

import dev.vestibule.admission.ClientRequest;

/// What an authorization request turned out to be.
sealed interface ClientRequestResult {

    record Accepted(ClientRequest request) implements ClientRequestResult {}

    /// A client that nobody may be asked to give access.
    ///
    /// @param clientId as it came, to be shown; not more than a line
    record UnknownClient(String clientId) implements ClientRequestResult {}

    /// A client whose metadata document cannot be had.
    ///
    /// @param clientId as it came, to be shown; not more than a line
    record NoDocument(String clientId) implements ClientRequestResult {}

    /// The address has had its share of documents that are fetched for it.
    record TooMany() implements ClientRequestResult {}

    /// It cannot be answered, and the redirect is not to be trusted either.
    ///
    /// @param reason a stable code, also the last part of a message's key
    record Malformed(String reason) implements ClientRequestResult {}
}
