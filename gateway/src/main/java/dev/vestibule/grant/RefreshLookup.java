package dev.vestibule.grant;

import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionId;

import java.util.Optional;

/// What is known about a refresh token that a client showed.
public sealed interface RefreshLookup {

    /// It belongs to a live grant.
    ///
    /// @param inner Home Assistant's refresh token
    /// @param session that it was issued from; empty for an app
    record Found(LiveGrant grant, Secret inner, Optional<SessionId> session)
            implements RefreshLookup {}

    /// An administrator has not approved it yet.
    record Waiting() implements RefreshLookup {}

    /// It was ours and has ended, or its person's access has.
    record Ended() implements RefreshLookup {}

    /// Never seen.
    record Unknown() implements RefreshLookup {}
}
