package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.Newcomers;
import dev.vestibule.provisioning.RoleGroup;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Ended;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Judges people who proved their own login of Home Assistant. Each of its users belongs to one
/// account at most, and whoever has none gets one. Every method runs inside the caller's
/// transaction.
final class HomePeople {

    private static final String BY = "local login";

    private final AccountStore accounts;
    private final HomeUserStore homeUsers;
    private final AccountLifecycle lifecycle;
    private final LivenessProofs proofs;
    private final Newcomers newcomers;
    private final RefusedPeople refused;

    HomePeople(AdmissionFacts facts, RefusedPeople refused) {
        this.accounts = facts.accounts();
        this.homeUsers = facts.homeUsers();
        this.lifecycle = facts.lifecycle();
        this.proofs = facts.proofs();
        this.newcomers = new Newcomers(facts.accounts(), facts.homeUsers());
        this.refused = refused;
    }

    Judgement judge(Handle tx, HomeAssistantUser user, Attempt attempt) {
        Optional<Account> holder =
                homeUsers
                        .accountOf(tx, attempt.home(), user.id())
                        .flatMap(id -> accounts.find(tx, id));
        if (holder.isEmpty()) {
            Actor by = new Actor(BY, attempt.address());
            Account account = newcomers.admit(tx, attempt.home(), user, AccountOrigin.LOCAL, by);
            return new Judgement.Welcome(account, RoleGroup.roleOf(user), Ended.NONE);
        }
        Account account = holder.get();
        if (!account.isActive()) {
            return refused.suspended(tx, account.username(), attempt);
        }
        if (lifecycle.isTurnedAway(tx, account.id(), attempt.home())) {
            return refused.switchedOff(tx, account.username(), attempt);
        }
        // Attack: somebody gives the user of a wall tablet, or of the emergency administrator, a
        // password in Home Assistant, and comes in without what those are bound to.
        return account.origin().isAPersons()
                ? welcome(tx, account, user, attempt)
                : refused.unknown(tx, attempt);
    }

    /// Where a provider or an identity system says what a person may, a password says no more
    /// (attack G8: who lost their role, or their provider's word, at the one door tries the other).
    private Judgement welcome(Handle tx, Account account, HomeAssistantUser user, Attempt attempt) {
        if (proofs.isLapsed(tx, account.id())) {
            return refused.lapsed(tx, account.username(), attempt);
        }
        HomeId home = attempt.home();
        Optional<Role> role =
                isVouchedFor(tx, account)
                        ? accounts.roleOf(tx, account.id(), home)
                        : Optional.of(RoleGroup.roleOf(user));
        if (role.isEmpty()) {
            return refused.noRole(tx, account.username(), attempt);
        }
        Ended less =
                lifecycle.changeRole(
                        tx,
                        account.id(),
                        home,
                        role.get(),
                        attempt.cause(account.id().value(), EndReason.GROUPS_IN_HOME_ASSISTANT));
        return new Judgement.Welcome(account, role.get(), less);
    }

    private boolean isVouchedFor(Handle tx, Account account) {
        return switch (account.origin()) {
            case OIDC, SCIM, KIOSK, BREAK_GLASS -> true;
            case ADOPTED, LOCAL -> accounts.identities().hasAny(tx, account.id());
        };
    }
}
