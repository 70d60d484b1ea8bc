package dev.vestibule.visit;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.policy.Places;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionService;

import java.util.Optional;

/// Knows who is signed in. Safe to share between threads.
public final class Insiders {

    private final SessionService sessions;
    private final AccountStore accounts;
    private final Places places;

    public Insiders(SessionService sessions, AccountStore accounts, Places places) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.places = places;
    }

    /// The person of the browser's session; empty where there is none, or they have no role here.
    public Optional<Insider> find(Visitor visitor) {
        return session(visitor).flatMap(this::find);
    }

    /// As [#find(Visitor)], for a page that looks for news by itself: the session is not used by
    /// it, and runs out where nobody does anything.
    public Optional<Insider> peek(Visitor visitor) {
        return visitor.peek(sessions)
                .filter(session -> isInPlace(session, visitor))
                .flatMap(this::find);
    }

    /// The session of a browser that is where the session may be used; what is used elsewhere
    /// neither opens nor ends anything.
    public Optional<LiveSession> session(Visitor visitor) {
        return visitor.session(sessions).filter(session -> isInPlace(session, visitor));
    }

    /// Attack: the cookie of a wall tablet, or of an emergency, in another browser elsewhere.
    /// People see and end what is theirs from wherever they are.
    private boolean isInPlace(LiveSession session, Visitor visitor) {
        return switch (places.judge(visitor.home(), session.account(), visitor.presence())) {
            case HERE, UNKNOWN -> true;
            case NOT_AT_HOME -> session.way().isAPersonsOwn();
            case NOT_AT_ITS_PLACE -> false;
        };
    }

    /// Whether somebody is where they may be in full, for what is more than their own; what nobody
    /// can say at the moment is no. May wait for Home Assistant.
    ///
    /// Attack: an administrator who may come in from home only, or their cookie, elsewhere.
    public boolean isHere(Visitor visitor, Insider insider) {
        return places.judge(visitor.home(), insider.account().id(), visitor.presence())
                == Places.Verdict.HERE;
    }

    /// As [#isHere], at a home that was not asked: nobody waits for its Home Assistant.
    public boolean isHereToo(Visitor visitor, Insider insider, HomeId home) {
        return places.foresee(home, insider.account().id(), visitor.presence())
                .equals(Optional.of(Places.Verdict.HERE));
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
