package dev.vestibule.grant;

/// What is known about one of Home Assistant's token ids.
public sealed interface TokenIdLookup {

    record Live(LiveGrant grant) implements TokenIdLookup {}

    /// An administrator has not approved it yet.
    record Waiting() implements TokenIdLookup {}

    record Ended() implements TokenIdLookup {}

    /// It never passed through here.
    record Unknown() implements TokenIdLookup {}
}
