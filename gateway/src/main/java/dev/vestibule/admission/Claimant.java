package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.session.SessionId;

import java.util.Optional;

/// Whom a code is made for.
///
/// @param epoch the account's, at which it was let in
record Claimant(AccountId account, long epoch, Holder holder) {

    static Claimant of(Guest guest) {
        return new Claimant(guest.account().id(), guest.account().epoch(), guest.holder());
    }

    /// The session that what the client gets ends with; empty where it outlives every session.
    ///
    /// @throws IllegalStateException where a page of ours asks without a session
    Optional<SessionId> sessionFor(ClientRequest client) {
        if (!client.kind().isBoundToSession()) {
            return Optional.empty();
        }
        return switch (holder) {
            case Holder.OfSession(var session) -> Optional.of(session.id());
            case Holder.OfBrowser _ ->
                    throw new IllegalStateException("our own page, without a session");
        };
    }
}
