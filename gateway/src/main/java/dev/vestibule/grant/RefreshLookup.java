package dev.vestibule.grant;

import dev.vestibule.secret.Secret;

/// What is known about a refresh token that a client showed.
public sealed interface RefreshLookup {

    /// It belongs to a live grant.
    ///
    /// @param inner Home Assistant's refresh token
    record Found(LiveGrant grant, Secret inner) implements RefreshLookup {}

    /// An administrator has not approved it yet.
    record Waiting() implements RefreshLookup {}

    /// It was ours and has ended, or its person's access has.
    record Ended() implements RefreshLookup {}

    /// Never seen.
    record Unknown() implements RefreshLookup {}
}
