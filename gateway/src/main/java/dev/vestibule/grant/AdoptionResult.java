package dev.vestibule.grant;

/// What became of taking over a token that is older than the gateway.
public sealed interface AdoptionResult {

    /// It is a grant: a new one, or the one that the same token became a moment earlier.
    record Live(LiveGrant grant) implements AdoptionResult {}

    /// An administrator has to approve it first.
    record Waiting() implements AdoptionResult {}

    /// The person's access has ended, or the token was ended here before.
    record Ended() implements AdoptionResult {}
}
