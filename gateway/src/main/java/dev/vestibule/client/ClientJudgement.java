package dev.vestibule.client;

import dev.vestibule.admission.ClientKind;

/// What a client turned out to be.
public sealed interface ClientJudgement {

    /// It may ask, and the answer may go to this redirect.
    ///
    /// @param name what it calls itself, made fit to be shown; empty text where it says nothing.
    ///   Nobody has checked it
    record Known(ClientKind kind, String name) implements ClientJudgement {}

    /// Nobody may be asked to give it anything.
    record Unknown() implements ClientJudgement {}

    /// The client may ask, and the redirect is not its own.
    record ForeignRedirect() implements ClientJudgement {}

    /// Its metadata document could not be fetched, or says something else. Perhaps later.
    record NoDocument() implements ClientJudgement {}

    /// Too many documents were asked for.
    record TooMany() implements ClientJudgement {}
}
