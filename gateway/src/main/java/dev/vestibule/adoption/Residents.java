package dev.vestibule.adoption;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantOwner;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.Newcomers;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// The people who lived in a home before the gateway came: each gets an account when first met, so
/// that their access can be seen and ended. Safe to share between threads. Every method waits.
final class Residents {

    private static final Actor BY = new Actor("adoption", "adoption");

    private final HomeId home;
    private final Database database;
    private final AccountStore accounts;
    private final HomeUserStore homeUsers;
    private final HomeAssistantUsers users;

    Residents(
            HomeId home,
            Database database,
            AccountStore accounts,
            HomeUserStore homeUsers,
            HomeAssistantUsers users) {
        this.home = home;
        this.database = database;
        this.accounts = accounts;
        this.homeUsers = homeUsers;
        this.users = users;
    }

    /// On whose behalf a token of this user acts.
    ///
    /// A person whom the home has no role for brings nothing along, and neither does one whose user
    /// is closed: what was theirs when they were shut out has ended, also what was never shown
    /// here. Once Home Assistant was seen to have none of that left, whatever it vouches for is
    /// newer.
    ///
    /// @return empty where nobody's token may be taken over
    Optional<GrantOwner> ownerOf(String userId) {
        Optional<Known> known = database.inTransaction(tx -> known(tx, userId));
        if (known.isPresent()) {
            return known.filter(Known::mayBringTokens).map(Known::account).map(Residents::person);
        }
        return users.find(userId)
                .map(
                        user ->
                                user.systemGenerated()
                                        ? new GrantOwner.Service()
                                        : person(admit(user)));
    }

    private record Known(Account account, boolean mayBringTokens) {}

    /// One transaction, since an administrator may link the user meanwhile: half of the old account
    /// and half of none would call a living token dead.
    private Optional<Known> known(Handle tx, String userId) {
        return homeUsers
                .accountOf(tx, home, userId)
                .flatMap(holder -> accounts.find(tx, holder))
                .map(account -> new Known(account, mayBringTokens(tx, account)));
    }

    private boolean mayBringTokens(Handle tx, Account account) {
        return account.isActive()
                && homeUsers.closureOf(tx, account.id(), home) == Closure.OPEN
                && accounts.roleOf(tx, account.id(), home).isPresent();
    }

    private static GrantOwner person(Account account) {
        return new GrantOwner.Person(account.id(), account.epoch());
    }

    /// The account of a person of Home Assistant, suspended or not; made where there is none.
    ///
    /// @return empty where there is no such person
    Optional<AccountId> accountFor(String userId) {
        return accountOf(userId)
                .or(
                        () ->
                                users.find(userId)
                                        .filter(user -> !user.systemGenerated())
                                        .map(this::admit))
                .map(Account::id);
    }

    private Optional<Account> accountOf(String userId) {
        return homeUsers.accountOf(home, userId).flatMap(accounts::find);
    }

    /// Two tokens of one person may be met at once, and an administrator may link the user in the
    /// meantime: one account has the user in the end.
    private Account admit(HomeAssistantUser user) {
        return database.inTransaction(
                tx ->
                        homeUsers
                                .accountOf(tx, home, user.id())
                                .flatMap(holder -> accounts.find(tx, holder))
                                .orElseGet(
                                        () ->
                                                new Newcomers(accounts, homeUsers)
                                                        .admit(
                                                                tx,
                                                                home,
                                                                user,
                                                                AccountOrigin.ADOPTED,
                                                                BY)));
    }

    /// Whether the account's user at this home is the given one.
    boolean isUserOf(AccountId account, String userId) {
        return homeUsers.userIdOf(account, home).filter(userId::equals).isPresent();
    }
}
