package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.policy.AsSomebody;
import dev.vestibule.session.SessionService;

/// Who somebody would be at a home if they were signed in. Safe to share between threads; waits for
/// the database.
public final class Suppositions {

    private final AccountStore accounts;
    private final SessionService sessions;
    private final GrantService grants;

    public Suppositions(AccountStore accounts, SessionService sessions, GrantService grants) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.grants = grants;
    }

    /// Whoever is suspended or has no role at a home has nothing there that lives.
    public AsSomebody at(HomeId home, Account account) {
        return account.isActive() && accounts.roleOf(account.id(), home).isPresent()
                ? new AsSomebody.SignedIn(
                        sessions.supposed(account, home), grants.supposed(account, home))
                : new AsSomebody.ShutOut();
    }

    /// In words; what keeps somebody out is said.
    public String said(HomeId home, Account account) {
        if (!account.isActive()) {
            return account.username() + ", who is " + PlainWords.of(account.state());
        }
        return accounts.roleOf(account.id(), home)
                .map(role -> account.username() + ", signed in as " + PlainWords.of(role))
                .orElse(account.username() + ", who has no role at this home");
    }
}
