package dev.vestibule.directory;

/// What came of giving a person to a SCIM client.
public sealed interface GiveResult {

    /// The client had sent a user of this name, who is the person from now on.
    record Given(String userName) implements GiveResult {}

    /// The person is the client's as soon as it sends a user of this name.
    record Waiting(String userName) implements GiveResult {}

    record NoSuchClient() implements GiveResult {}

    /// The account was removed.
    record NoSuchAccount() implements GiveResult {}

    /// A client decides about them already.
    record HasClient(String client) implements GiveResult {}

    /// The client knows somebody else by this name, who has signed in, or another person waits to
    /// be sent under it.
    record NameTaken(String userName) implements GiveResult {}
}
