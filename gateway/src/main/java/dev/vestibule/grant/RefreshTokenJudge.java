package dev.vestibule.grant;

import dev.vestibule.config.HomeId;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;

/// Judges refresh tokens that were never issued here, by asking. Blocking; safe to share between
/// threads.
@FunctionalInterface
public interface RefreshTokenJudge {

    Result judge(HomeId home, Secret refreshToken, String clientId, ClientAddress from);

    /// What came of it.
    sealed interface Result {

        /// It is older than the gateway, lives, and is now a grant.
        ///
        /// @param fresh what Home Assistant gave for it, to be handed to the client
        record Adopted(LiveGrant grant, FreshAccessToken fresh) implements Result {}

        /// It lives and waits for an administrator: 503.
        record Waiting() implements Result {}

        /// Proven dead, or not taken over by configuration: `invalid_grant`.
        record Dead() implements Result {}

        /// It exists and belongs to another client: `invalid_request`.
        record OtherClient() implements Result {}

        /// Home Assistant knows it and does not let its person in from here: `access_denied`.
        record Denied() implements Result {}

        /// It cannot be judged now: 503, never `invalid_grant`.
        record Unjudgeable(String why) implements Result {}
    }
}
