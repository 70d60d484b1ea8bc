package dev.vestibule.outbox;

import dev.vestibule.secret.Secret;

import java.util.List;

/// What a Home Assistant has still to be told.
public sealed interface OutboxTask {

    /// One refresh token is to be revoked.
    record RevokeToken(Secret refreshToken) implements OutboxTask {}

    /// One token of an account's user is to be ended that the gateway does not hold, such as a
    /// long-lived one.
    ///
    /// @param tokenId Home Assistant's id of it
    record EndToken(String tokenId) implements OutboxTask {}

    /// One hidden credential is to go: the account that it was made for has another user now, or
    /// the user another account.
    ///
    /// @param username its user name at Home Assistant
    record DropCredential(String username) implements OutboxTask {}

    /// Everything of an account's user is to end, and the user to be deactivated.
    ///
    /// @param held by which the gateway can act as the person
    record ShutOut(List<HeldToken> held) implements OutboxTask {

        public ShutOut {
            held = List.copyOf(held);
        }
    }

    /// As [ShutOut], and then a user of the gateway's making is to be deleted.
    record Remove(List<HeldToken> held) implements OutboxTask {

        public Remove {
            held = List.copyOf(held);
        }
    }

    /// An account's user is to be in the group of the account's role.
    record AlignGroup() implements OutboxTask {}

    /// An account's user may come in again, once nothing of before is left.
    record LetIn() implements OutboxTask {}

    /// An account is to have a user, ahead of its person's first sign-in.
    record Provision() implements OutboxTask {}
}
