package dev.vestibule.profile;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.LinkedIdentity;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import java.util.List;
import java.util.Optional;

/// By what somebody is known: reads only. Safe to share between threads.
record Proofs(Database database, AccountStore accounts, SessionService sessions) {

    List<LinkedIdentity> identitiesOf(AccountId account) {
        return database.read(handle -> accounts.identities().of(handle, account));
    }

    /// Who vouched for the person of a session.
    Optional<Issuer> issuerOf(LiveSession session) {
        return sessions.issuerOf(session.id());
    }
}
