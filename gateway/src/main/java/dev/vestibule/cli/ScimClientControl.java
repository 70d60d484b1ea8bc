package dev.vestibule.cli;

import java.util.List;

/// What an operator may ask of a running gateway about the identity systems that send people over
/// SCIM. A client is named by its name.
public interface ScimClientControl {

    List<ScimTokenLine> list();

    /// Adds a client, and answers with its token.
    ///
    /// @param provider the id of the provider whose people it sends, `none`, or empty for the only
    ///   one
    /// @param networks where its requests may come from; empty for anywhere
    ControlOutcome add(String name, String provider, List<String> networks);

    /// Answers with a new token; the one before stays good until [#finish].
    ControlOutcome rotate(String name);

    /// Ends the token before the newest.
    ControlOutcome finish(String name);

    ControlOutcome remove(String name);

    /// Lets a client decide about a person from now on, or as soon as it sends a user of their
    /// name.
    ///
    /// @param account as in [ControlCommands]
    ControlOutcome give(String name, String account);

    /// One token of a client as the list shows it.
    ///
    /// @param provider `none` where it sends nobody's people
    /// @param networks `anywhere` where it is not bound to any
    /// @param created when the client was added: a moment in ISO 8601
    /// @param token which one it is, and how old
    /// @param lastUsed a moment in ISO 8601; empty where it never was
    /// @param lastUsedFrom an address
    record ScimTokenLine(
            String name,
            String provider,
            String networks,
            String created,
            String token,
            String lastUsed,
            String lastUsedFrom) {}
}
