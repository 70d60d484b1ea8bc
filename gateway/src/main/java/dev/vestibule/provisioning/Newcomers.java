package dev.vestibule.provisioning;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUser;

import org.jdbi.v3.core.Handle;

/// Gives people of Home Assistant whom the gateway meets for the first time an account, in which
/// they are who they were and may what they could. Runs inside the caller's transaction.
public record Newcomers(AccountStore accounts, HomeUserStore homeUsers) {

    /// @param user belongs to no account at the home
    /// @param origin how they were met
    /// @param by what met them, for the audit log
    public Account admit(
            Handle tx, HomeId home, HomeAssistantUser user, AccountOrigin origin, Actor by) {
        String username = user.username().isEmpty() ? user.name() : user.username();
        Account account = accounts.create(tx, new Profile(username, user.name()), origin);
        accounts.assignRole(tx, account.id(), home, RoleGroup.roleOf(user), false);
        AttachResult attached =
                homeUsers.attach(tx, account.id(), home, user.id(), by, Inheritance.NOTHING);
        if (!(attached instanceof AttachResult.Attached)) {
            throw new IllegalStateException(
                    "a new account did not get its user " + user.id() + ": " + attached);
        }
        return account;
    }
}
