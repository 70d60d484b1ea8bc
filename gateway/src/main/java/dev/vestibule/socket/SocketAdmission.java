package dev.vestibule.socket;

import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.policy.Presence;

/// Decides about the token that a websocket shows. May wait; safe to share between threads.
@FunctionalInterface
public interface SocketAdmission {

    Result admit(String accessToken, Presence presence);

    /// Home Assistant does not accept a token that was admitted. Never waits.
    default void refused(String accessToken) {}

    /// What is to become of the socket.
    sealed interface Result {

        /// @param rights of the token's person; without meaning unless the judgement is live
        record Judged(TokenJudgement judgement, SocketRights rights) implements Result {}

        /// The token is a wall tablet's, and lives: it works at the tablet's place. A client that
        /// heard `auth_invalid` would throw it away.
        record Elsewhere() implements Result {}
    }
}
