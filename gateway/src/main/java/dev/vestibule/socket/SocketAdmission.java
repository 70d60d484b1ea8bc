package dev.vestibule.socket;

import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.policy.Presence;

/// Decides about the token that a websocket shows. May wait; safe to share between threads.
@FunctionalInterface
public interface SocketAdmission {

    Result admit(String accessToken, Presence presence);

    /// Home Assistant does not accept a token that was admitted. Never waits.
    default void refused(String accessToken) {}

    /// @param rights of the token's person; without meaning unless the judgement is live
    record Result(TokenJudgement judgement, SocketRights rights) {}
}
