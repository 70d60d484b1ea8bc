package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.grant.AskedFrom;
import dev.vestibule.session.SessionId;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Whom a code is made for.
///
/// @param epoch the account's, at which it was let in
/// @param proof what they proved themselves with
/// @param from where their browser is
record Claimant(AccountId account, long epoch, Holder holder, Proof proof, AskedFrom from) {

    static Claimant of(Guest guest, Visitor visitor) {
        return new Claimant(
                guest.account().id(),
                guest.account().epoch(),
                guest.holder(),
                guest.proof(),
                from(visitor));
    }

    static AskedFrom from(Visitor visitor) {
        return new AskedFrom(visitor.address(), visitor.userAgent());
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
