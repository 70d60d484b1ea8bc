package dev.vestibule.adoption;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantOwner;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.store.Database;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The people who lived in a home before the gateway came: each gets an account when first met, so
/// that their access can be seen and ended. Safe to share between threads. Every method waits.
final class Residents {

    private static final String BY = "adoption";

    private final HomeId home;
    private final Database database;
    private final AccountStore accounts;
    private final HomeUserStore homeUsers;
    private final HomeAssistantUsers users;
    private final ReentrantLock oneAtATime = new ReentrantLock();

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
    /// @return empty where Home Assistant has no such user any more
    Optional<GrantOwner> ownerOf(String userId) {
        Optional<Account> known = accountOf(userId);
        if (known.isPresent()) {
            return known.map(Residents::person);
        }
        return users.find(userId)
                .map(
                        user ->
                                user.systemGenerated()
                                        ? new GrantOwner.Service()
                                        : person(admit(user)));
    }

    private static GrantOwner person(Account account) {
        return new GrantOwner.Person(account.id(), account.epoch());
    }

    private Optional<Account> accountOf(String userId) {
        return homeUsers.accountOf(home, userId).flatMap(accounts::find);
    }

    /// Two tokens of one person may be met at once: one account is made.
    private Account admit(HomeAssistantUser user) {
        oneAtATime.lock();
        try {
            return accountOf(user.id()).orElseGet(() -> create(user));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Account create(HomeAssistantUser user) {
        Account account =
                database.inTransaction(
                        tx ->
                                accounts.create(
                                        tx,
                                        new Profile(user.username(), user.name()),
                                        AccountOrigin.ADOPTED));
        accounts.assignRole(account.id(), home, Optional.of(roleOf(user)));
        AttachResult attached = homeUsers.attach(account.id(), home, user.id(), BY);
        if (!(attached instanceof AttachResult.Attached)) {
            throw new IllegalStateException(
                    "a new account did not get its user " + user.id() + ": " + attached);
        }
        return account;
    }

    private static Role roleOf(HomeAssistantUser user) {
        if (user.isOwner() || user.groupIds().contains(HomeAssistantGroup.ADMIN.id())) {
            return Role.ADMIN;
        }
        return user.groupIds().contains(HomeAssistantGroup.USERS.id()) ? Role.USER : Role.VIEWER;
    }

    /// Whether the account's user at this home is the given one.
    boolean isUserOf(AccountId account, String userId) {
        return homeUsers.userIdOf(account, home).filter(userId::equals).isPresent();
    }
}
