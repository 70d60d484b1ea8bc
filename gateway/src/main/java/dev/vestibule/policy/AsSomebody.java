package dev.vestibule.policy;

import dev.vestibule.grant.LiveGrant;
import dev.vestibule.session.LiveSession;

/// In whose name a request is supposed to come, where [AccessPolicy#rehearse] is asked about a
/// person rather than about a credential.
public sealed interface AsSomebody {

    /// As whoever the request itself shows.
    record AsShown() implements AsSomebody {}

    /// As a person who is in: with the cookie of this session, this access token, and a session of
    /// add-ons that is theirs. Neither exists outside the question.
    record SignedIn(LiveSession session, LiveGrant grant) implements AsSomebody {}

    /// As a person who cannot be in: whatever they have left is dead.
    record ShutOut() implements AsSomebody {}
}
