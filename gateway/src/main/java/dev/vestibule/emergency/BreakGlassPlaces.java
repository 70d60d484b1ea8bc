package dev.vestibule.emergency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.session.SessionService;

/// Whether what a code of the console opened may be used away from home: where its code might have
/// been (attack: a cookie or token of an emergency is copied, and used from the internet). Safe to
/// share between threads.
///
/// All that is open of one emergency administrator is judged as one: what was opened from anywhere
/// is tied, too, while something is open that is tied. So no later code frees what an earlier one
/// opened.
public final class BreakGlassPlaces {

    private static final int ACCOUNTS_MAX = 50_000;

    private final AccountStore accounts;
    private final SessionService sessions;

    /// Of each account whether it is an emergency's, which never changes.
    private final Cache<AccountId, Boolean> emergencies =
            Caffeine.newBuilder().maximumSize(ACCOUNTS_MAX).build();

    public BreakGlassPlaces(AccountStore accounts, SessionService sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /// Whether an account is known to be none that could be tied; never waits.
    public boolean isKnownToBeFree(AccountId account) {
        return Boolean.FALSE.equals(emergencies.getIfPresent(account));
    }

    /// May wait for the database.
    public boolean mayBeAway(HomeId home, AccountId account) {
        return !emergencies.get(account, this::isEmergency)
                || sessions.mayBeAnywhere(account, home);
    }

    private boolean isEmergency(AccountId account) {
        return accounts.find(account)
                .map(Account::origin)
                .filter(AccountOrigin.BREAK_GLASS::equals)
                .isPresent();
    }
}
