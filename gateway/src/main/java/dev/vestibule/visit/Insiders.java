package dev.vestibule.visit;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;

import java.util.Optional;

/// Knows who is signed in. Safe to share between threads.
public final class Insiders {

    private final SessionService sessions;
    private final AccountStore accounts;

    public Insiders(SessionService sessions, AccountStore accounts) {
        this.sessions = sessions;
        this.accounts = accounts;
    }

    /// The person of the browser's session; empty where there is none, or they have no role here.
    public Optional<Insider> find(Visitor visitor) {
        return visitor.session(sessions).flatMap(this::find);
    }

    private Optional<Insider> find(LiveSession session) {
        return accounts.find(session.account())
                .filter(Account::isActive)
                .filter(account -> account.epoch() == session.accountEpoch())
                .flatMap(
                        account ->
                                accounts.roleOf(account.id(), session.home())
                                        .map(role -> new Insider(session, account, role)));
    }
}
