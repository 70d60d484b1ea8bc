package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Entitlement;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.OwnLogin;
import dev.vestibule.provisioning.Trace;

import java.util.Optional;
import java.util.function.Predicate;

/// Decides what becomes of a user: for the plan and for the doing. When unsure, nobody gets a
/// login. Safe to share between threads.
final class Fates {

    private final HomeId home;
    private final AccountStore accounts;
    private final HomeAssistant homeAssistant;
    private final NewLogins logins;
    private final Predicate<Account> isKeptOut;

    /// @param isKeptOut whether the gateway lets somebody in nowhere whom nobody suspended
    Fates(
            HomeId home,
            AccountStore accounts,
            HomeAssistant homeAssistant,
            NewLogins logins,
            Predicate<Account> isKeptOut) {
        this.home = home;
        this.accounts = accounts;
        this.homeAssistant = homeAssistant;
        this.logins = logins;
        this.isKeptOut = isKeptOut;
    }

    /// @param found the user as Home Assistant has it now
    Fate of(Trace trace, Account account, Optional<HomeAssistantUser> found) {
        if (trace.userId().isEmpty() || account.origin() == AccountOrigin.BREAK_GLASS) {
            return new Fate.IsDeleted();
        }
        if (found.isEmpty()) {
            return new Fate.IsGone();
        }
        HomeAssistantUser user = found.get();
        boolean mayComeIn = mayComeIn(account);
        if (trace.closure() != Closure.OPEN || !account.isActive() || isKeptOut.test(account)) {
            return off(user, mayComeIn, rightsTakenBack(trace, user));
        }
        if (mayComeIn && user.isActive() && needsLogin(trace, account, user)) {
            return new Fate.GetsLogin(username(account), groupsBack(trace, user));
        }
        if (trace.isAttached()) {
            return groupsBack(trace, user).<Fate>map(back -> back).orElseGet(Fate.WasBefore::new);
        }
        return mayComeIn && user.isActive()
                ? new Fate.HasLogin()
                : new Fate.StaysOff(Optional.empty());
    }

    private Fate off(
            HomeAssistantUser user, boolean mayComeIn, Optional<Fate.GetsGroupsBack> groups) {
        if (!canBeOff(user)) {
            return new Fate.ComesBack(mayComeIn);
        }
        return mayComeIn ? new Fate.IsNotBack(groups) : new Fate.StaysOff(groups);
    }

    private boolean canBeOff(HomeAssistantUser user) {
        return !user.isActive() || (!user.isOwner() && !homeAssistant.isGatewaysOwn(user.id()));
    }

    private boolean mayComeIn(Account account) {
        return account.isActive()
                && !isKeptOut.test(account)
                && accounts.entitlementOf(account.id(), home) instanceof Entitlement.As;
    }

    /// Whoever has begun to get one gets it. An older user keeps their own, unless somebody took
    /// that away since, or there never was one.
    private boolean needsLogin(Trace trace, Account account, HomeAssistantUser user) {
        if (logins.find(home, account.id()).isPresent()) {
            return true;
        }
        return trace.isAttached()
                ? !OwnLogin.isThere(user, trace.hiddenName())
                : !OwnLogin.isPassword(user, trace.hiddenName());
    }

    private String username(Account account) {
        return logins.find(home, account.id())
                .map(NewLogin::username)
                .orElseGet(() -> NewUsername.of(account.username()));
    }

    private static Optional<Fate.GetsGroupsBack> groupsBack(Trace trace, HomeAssistantUser user) {
        return trace.groupsBefore()
                .filter(before -> !user.isOwner() && !before.equals(user.groupIds()))
                .map(before -> new Fate.GetsGroupsBack(user.groupIds(), before));
    }

    /// Whoever activates a user by hand afterwards is not to find an administrator whom the gateway
    /// alone made one.
    private static Optional<Fate.GetsGroupsBack> rightsTakenBack(
            Trace trace, HomeAssistantUser user) {
        return groupsBack(trace, user).filter(Fate.GetsGroupsBack::lowers);
    }
}
