package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Entitlement;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.Trace;

import java.util.Optional;
import java.util.Set;

/// Decides what becomes of a user: for the plan and for the doing. When unsure, nobody gets a
/// login. Safe to share between threads.
final class Fates {

    private final HomeId home;
    private final AccountStore accounts;
    private final HomeAssistant homeAssistant;
    private final NewLogins logins;

    Fates(HomeId home, AccountStore accounts, HomeAssistant homeAssistant, NewLogins logins) {
        this.home = home;
        this.accounts = accounts;
        this.homeAssistant = homeAssistant;
        this.logins = logins;
    }

    /// @param found the user as Home Assistant has it now
    Fate of(Trace trace, Account account, Optional<HomeAssistantUser> found) {
        boolean isMade = !trace.isAttached();
        if (trace.userId().isEmpty() || account.origin() == AccountOrigin.BREAK_GLASS) {
            return new Fate.IsDeleted();
        }
        if (found.isEmpty()) {
            return new Fate.IsGone();
        }
        HomeAssistantUser user = found.get();
        if (trace.closure() != Closure.OPEN || !account.isActive()) {
            return canBeOff(user) ? new Fate.StaysOff() : new Fate.ComesBack();
        }
        if (isMade) {
            return mayComeIn(account, user) ? login(trace, account, user) : new Fate.StaysOff();
        }
        if (isHiddenAllThereIs(trace, user)) {
            return login(trace, account, user);
        }
        Set<String> before = trace.groupsBefore().orElse(user.groupIds());
        return user.isOwner() || before.equals(user.groupIds())
                ? new Fate.WasBefore()
                : new Fate.GetsGroupsBack(user.groupIds(), before);
    }

    private boolean canBeOff(HomeAssistantUser user) {
        return !user.isActive() || (!user.isOwner() && !homeAssistant.isGatewaysOwn(user.id()));
    }

    private boolean mayComeIn(Account account, HomeAssistantUser user) {
        return user.isActive()
                && accounts.entitlementOf(account.id(), home) instanceof Entitlement.As;
    }

    /// Somebody took the person's own login away since: they would have none.
    private static boolean isHiddenAllThereIs(Trace trace, HomeAssistantUser user) {
        return user.isActive()
                && user.username().equals(trace.hiddenName())
                && user.credentialProviders().size() == 1;
    }

    private Fate login(Trace trace, Account account, HomeAssistantUser user) {
        Optional<NewLogin> begun = logins.find(home, account.id());
        if (begun.isPresent()) {
            return new Fate.GetsLogin(begun.get().username());
        }
        return hasOther(trace, user)
                ? new Fate.HasLogin()
                : new Fate.GetsLogin(LoginNames.of(account.username()));
    }

    /// Whether the user has a password besides the hidden one. Home Assistant shows the name of the
    /// first and the number of all: where the first is not ours, there is another for certain.
    static boolean hasOther(Trace trace, HomeAssistantUser user) {
        return user.username().equals(trace.hiddenName())
                ? user.passwordCredentials() >= 2
                : user.passwordCredentials() >= 1;
    }
}
