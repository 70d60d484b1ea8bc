package dev.vestibule.revocation;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantRevocation;
import dev.vestibule.grant.GrantRevocation.Taken;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.KnownUser;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;
import dev.vestibule.webhook.WebhookService;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Ends and restores the access of whole people. Safe to share between threads.
///
/// All of it holds when a method returns, whether Home Assistant answers or not. Methods that take
/// a `Handle` run inside the caller's transaction, who calls [Ended#cut()] after the commit. Where
/// less than the person ends, see [SessionLifecycle].
public final class AccountLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLifecycle.class);

    private static final String NO_ROLE = "NONE";

    private final Database database;
    private final AccountStore accounts;
    private final SessionService sessions;
    private final GrantRevocation grants;
    private final HomeUserStore homeUsers;
    private final WebhookService webhooks;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Besides besides;

    public AccountLifecycle(
            Database database,
            AccountStore accounts,
            SessionService sessions,
            GrantRevocation grants,
            Homes homes,
            AuditLog audit,
            Besides besides) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.grants = grants;
        this.homeUsers = homes.users();
        this.webhooks = homes.webhooks();
        this.outbox = homes.outbox();
        this.audit = audit;
        this.besides = besides;
    }

    /// What else is done when a person is shut out.
    ///
    /// @param within forgets what other rooms keep of the person, in the same transaction
    /// @param removed parts from the account whatever leads to it, where it is removed for good
    /// @param afterwards ends whatever may have been theirs without saying so. Must not wait
    public record Besides(
            BiConsumer<Handle, AccountId> within,
            BiConsumer<Handle, AccountId> removed,
            Runnable afterwards) {}

    /// What a person has at the homes, and the word that is left for them.
    public record Homes(HomeUserStore users, WebhookService webhooks, Outbox outbox) {}

    /// What was decided, and what it ended.
    public record Decision<T>(T result, Ended ended) {

        private static <T> Decision<T> refused(T result) {
            return new Decision<>(result, Ended.NONE);
        }
    }

    /// Shuts a person out everywhere. Where somebody else's word had shut them out before, this one
    /// stands beside it.
    public SuspendResult suspend(AccountId id, SuspendedBy by, Cause cause) {
        return database.inTransaction(
                        tx -> suspend(tx, id, by, cause), decision -> decision.ended().cut())
                .result();
    }

    /// As [#suspend(AccountId, SuspendedBy, Cause)], where something still holds.
    ///
    /// @param holds looks inside the transaction that suspends
    /// @return empty where it does not hold, and nothing was changed
    public Optional<SuspendResult> suspendIf(
            Predicate<Handle> holds, AccountId id, SuspendedBy by, Cause cause) {
        return database.inTransaction(
                        tx ->
                                holds.test(tx)
                                        ? Optional.of(suspend(tx, id, by, cause))
                                        : Optional.<Decision<SuspendResult>>empty(),
                        decision -> decision.ifPresent(made -> made.ended().cut()))
                .map(Decision::result);
    }

    /// As [#suspend(AccountId, SuspendedBy, Cause)], inside the caller's transaction.
    public Decision<SuspendResult> suspend(Handle tx, AccountId id, SuspendedBy by, Cause cause) {
        Optional<Account> account = accounts.find(tx, id).filter(Account::isHere);
        if (account.isEmpty()) {
            return Decision.refused(new SuspendResult.NoSuchAccount());
        }
        if (!account.get().isActive()) {
            accounts.suspend(tx, id, by);
            return Decision.refused(new SuspendResult.AlreadySuspended());
        }
        Optional<HomeId> lonely = accounts.soleAdministratorOf(tx, id);
        if (lonely.isPresent()) {
            return Decision.refused(new SuspendResult.LastAdministrator(lonely.get()));
        }
        accounts.suspend(tx, id, by);
        audit.append(
                tx,
                new AuditEvent.AccountSuspended(id.value(), cause.by(), cause.reason().code()),
                cause.address());
        Taken taken = endEverything(tx, id, cause);
        tellHomes(tx, id, taken, homeUsers.close(tx, id));
        return new Decision<>(new SuspendResult.Suspended(), ended(tx, id, taken.ids()));
    }

    private Taken endEverything(Handle tx, AccountId id, Cause cause) {
        besides.within().accept(tx, id);
        webhooks.closeAllOf(tx, id);
        return grants.takeAllOf(tx, id, cause.why());
    }

    private Ended ended(Handle tx, AccountId id, List<GrantId> grantsEnded) {
        return shutOut(sessions.deleteAllOf(tx, id), grantsEnded, Cut.SUSPENDED)
                .and(phones(Cut.SUSPENDED));
    }

    /// What is under way to webhooks that were closed, or are held.
    private Ended phones(Cut reason) {
        return Ended.of(() -> webhooks.cutCallers(reason));
    }

    private Ended shutOut(List<SessionId> sessionsEnded, List<GrantId> grantsEnded, Cut reason) {
        return Ended.of(
                () -> {
                    sessions.cut(sessionsEnded, reason);
                    grants.cut(grantsEnded, reason);
                    besides.afterwards().run();
                });
    }

    private void tellHomes(Handle tx, AccountId id, Taken taken, List<HomeId> closed) {
        for (HomeId home : homesToTell(taken, closed)) {
            outbox.shutOut(tx, home, id.value(), heldAt(taken, home));
        }
    }

    private static Set<HomeId> homesToTell(Taken taken, List<HomeId> closed) {
        Set<HomeId> homes = new LinkedHashSet<>(closed);
        homes.addAll(taken.held().keySet());
        return homes;
    }

    private static List<HeldToken> heldAt(Taken taken, HomeId home) {
        return taken.held().getOrDefault(home, List.of());
    }

    /// Takes back the word on which a person is suspended, the operator's with every other one.
    /// Whom nobody wishes out any more is let in again. What was theirs before stays ended: they
    /// sign in anew, and nobody comes in as they before Home Assistant was seen to have no old
    /// token of theirs.
    ///
    /// @return false where there is no such account, it is active already, or it is suspended on
    ///   another word than this
    public boolean restore(AccountId id, SuspendedBy by, Cause cause) {
        return database.inTransaction(tx -> restore(tx, id, by, cause));
    }

    /// As [#restore(AccountId, SuspendedBy, Cause)], inside the caller's transaction.
    public boolean restore(Handle tx, AccountId id, SuspendedBy by, Cause cause) {
        if (!accounts.restore(tx, id, by)) {
            return false;
        }
        audit.append(tx, new AuditEvent.AccountRestored(id.value(), cause.by()), cause.address());
        if (by == SuspendedBy.OPERATOR) {
            // The one word here that reaches over what was done in Home Assistant's own pages.
            homeUsers.forgetSwitchedOff(tx, id);
        }
        homeUsers.closedHomesOf(tx, id).stream()
                .filter(home -> accounts.roleOf(tx, id, home).isPresent())
                .forEach(home -> outbox.letIn(tx, home, id.value()));
        return true;
    }

    /// Shuts a person out for good. The account keeps its name for the audit log and nothing else:
    /// whoever comes with the same identity is somebody new, who inherits nothing. Home Assistant's
    /// user goes too where the gateway had made it; one who was there before is deactivated.
    public RemoveResult remove(AccountId id, Cause cause) {
        return database.inTransaction(
                        tx -> remove(tx, id, cause), decision -> decision.ended().cut())
                .result();
    }

    /// As [#remove(AccountId, Cause)], inside the caller's transaction.
    public Decision<RemoveResult> remove(Handle tx, AccountId id, Cause cause) {
        if (accounts.find(tx, id).filter(Account::isHere).isEmpty()) {
            return Decision.refused(new RemoveResult.NoSuchAccount());
        }
        Optional<HomeId> lonely = accounts.soleAdministratorOf(tx, id);
        if (lonely.isPresent()) {
            return Decision.refused(new RemoveResult.LastAdministrator(lonely.get()));
        }
        accounts.remove(tx, id);
        besides.removed().accept(tx, id);
        audit.append(
                tx,
                new AuditEvent.AccountRemoved(id.value(), cause.by(), cause.reason().code()),
                cause.address());
        Taken taken = endEverything(tx, id, cause);
        for (HomeId home : homesToTell(taken, homeUsers.close(tx, id))) {
            outbox.remove(tx, home, id.value(), heldAt(taken, home));
        }
        return new Decision<>(new RemoveResult.Removed(), ended(tx, id, taken.ids()));
    }

    /// Takes away an account that stood for a user only, inside the transaction that gives the user
    /// and its clients to another account of the same person, and that ends its sessions. Its
    /// passkeys go with it; Home Assistant has nothing to hear.
    public void retire(Handle tx, AccountId id) {
        accounts.remove(tx, id);
        besides.removed().accept(tx, id);
    }

    /// Ends every session and every client's access of a person, everywhere. They may sign in again
    /// at once; their phones' webhooks live on, as they would after signing out on each.
    public void signOutEverywhere(AccountId id, Cause cause) {
        var _ = database.inTransaction(tx -> signOutEverywhere(tx, id, cause), Ended::cut);
    }

    /// As [#signOutEverywhere(AccountId, Cause)], inside the caller's transaction.
    public Ended signOutEverywhere(Handle tx, AccountId id, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.SignedOutEverywhere(id.value(), cause.by(), cause.reason().code()),
                cause.address());
        accounts.raiseEpoch(tx, id);
        return shutOut(
                sessions.deleteAllOf(tx, id), grants.endAllOf(tx, id, cause.why()), Cut.ENDED);
    }

    /// Gives a person a role at a home. Where that is less than they had, what they have open there
    /// is closed, and their tokens wait until Home Assistant knows: it would still let them do what
    /// they may no more. The tokens themselves live on.
    ///
    /// The provider decides, so the last administrator can be demoted too: nobody is locked out by
    /// that, and Home Assistant's owner stays its owner.
    public Ended changeRole(Handle tx, AccountId id, HomeId home, Role role, Cause cause) {
        Optional<Role> before = accounts.roleOf(tx, id, home);
        if (before.filter(role::equals).isPresent()) {
            return Ended.NONE;
        }
        boolean isLess = before.filter(role::isLessThan).isPresent();
        boolean isKnownThere = homeUsers.isKnownAt(tx, id, home);
        accounts.assignRole(
                tx, id, home, role, isKnownThere && (isLess || accounts.isRoleHeld(id, home)));
        noteRole(tx, id, home, before.map(Role::name).orElse(NO_ROLE), role.name(), cause);
        if (isKnownThere) {
            // Also after no role at all: their user there is still in the group of the last one.
            outbox.alignGroup(tx, home, id.value());
        }
        return isLess ? demote(tx, id, home, isKnownThere) : Ended.NONE;
    }

    /// As [#changeRole], for an active person who need not come to the door for it: Home
    /// Assistant's user is made, or let in again, ahead of their sign-in.
    public Ended welcome(Handle tx, AccountId id, HomeId home, Role role, Cause cause) {
        boolean isNew = accounts.roleOf(tx, id, home).isEmpty();
        Ended ended = changeRole(tx, id, home, role, cause);
        if (isNew && homeUsers.closureOf(tx, id, home) != Closure.OPEN) {
            outbox.letIn(tx, home, id.value());
        } else if (homeUsers.known(tx, id, home).filter(KnownUser::isReady).isEmpty()) {
            outbox.provision(tx, home, id.value());
        }
        return ended;
    }

    private void noteRole(
            Handle tx, AccountId id, HomeId home, String from, String to, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.RoleChanged(id.value(), home.value(), from, to, cause.by()),
                cause.address());
    }

    /// @param isHeld whether the person's tokens wait until Home Assistant knows
    private Ended demote(Handle tx, AccountId id, HomeId home, boolean isHeld) {
        warnWithoutAdministrator(tx, id, home);
        List<GrantId> live = grants.liveOf(tx, id, home);
        List<SessionId> browsers = sessions.of(tx, id, home);
        return Ended.of(
                () -> {
                    if (isHeld) {
                        accounts.hold(id, home);
                    }
                    grants.interrupt(live, Cut.DEMOTED);
                    sessions.interrupt(browsers, Cut.DEMOTED);
                    webhooks.cutCallers(Cut.DEMOTED);
                });
    }

    private void warnWithoutAdministrator(Handle tx, AccountId id, HomeId home) {
        if (!accounts.hasAdministrator(tx, home)) {
            LOG.warn("event=no-administrator home={} account={}", home, id);
        }
    }

    /// Ends everything of a person at one home, where they have no role any more. What they have
    /// elsewhere lives on.
    public Ended expel(Handle tx, AccountId id, HomeId home, Cause cause) {
        Optional<Role> before = accounts.roleOf(tx, id, home);
        before.ifPresent(role -> noteRole(tx, id, home, role.name(), NO_ROLE, cause));
        accounts.dropRole(tx, id, home);
        if (before.filter(Role.ADMIN::equals).isPresent()) {
            warnWithoutAdministrator(tx, id, home);
        }
        webhooks.closeAllOf(tx, id, home);
        Taken taken = grants.takeAllOf(tx, id, home, cause.why());
        tellHomes(tx, id, taken, homeUsers.close(tx, id, home));
        return shutOut(sessions.deleteAllOf(tx, id, home), taken.ids(), Cut.ENDED)
                .and(phones(Cut.ENDED));
    }

    /// Ends what a person has at one home where Home Assistant itself does not let them in any
    /// more. Nobody here wished that, so their role stays, and Home Assistant is told nothing but
    /// that the tokens which ended here are to go.
    Ended turnAway(Handle tx, KnownUser user, HomeId home, Standing standing, Cause cause) {
        AccountId id = user.account();
        List<SessionId> sessionsEnded = sessions.deleteAllOf(tx, id, home);
        List<GrantId> grantsEnded = grants.endAllOf(tx, id, home, cause.why());
        if (user.standing() == standing && sessionsEnded.isEmpty() && grantsEnded.isEmpty()) {
            return Ended.NONE;
        }
        homeUsers.noteStanding(tx, id, home, standing);
        webhooks.closeAllOf(tx, id, home);
        return shutOut(sessionsEnded, grantsEnded, Cut.ENDED).and(phones(Cut.ENDED));
    }

    /// Notes that a person's user is there again, and active. Who was shut out meanwhile is on
    /// their way in, and need not come for it. Tokens of theirs that only slept are awake by now.
    void takeBack(Handle tx, KnownUser user, HomeId home) {
        outbox.tryAnew(tx, home, user.account().value());
        homeUsers.noteStanding(tx, user.account(), home, Standing.PRESENT);
        if (user.closure() != Closure.OPEN) {
            outbox.letIn(tx, home, user.account().value());
        }
    }

    /// Whether a person is not let in because their user was switched off in Home Assistant,
    /// whatever ended here since.
    public boolean isTurnedAway(Handle tx, AccountId id, HomeId home) {
        return homeUsers
                .known(tx, id, home)
                .filter(user -> user.standing() == Standing.INACTIVE)
                .isPresent();
    }

    /// Has Home Assistant shut somebody out again whom the gateway keeps out: whatever was seen to
    /// end there before counts no more.
    void shutOutAgain(Handle tx, AccountId id, HomeId home) {
        homeUsers.close(tx, id, home);
        if (accounts.find(tx, id).filter(Account::isHere).isPresent()) {
            outbox.shutOut(tx, home, id.value(), List.of());
        } else {
            outbox.remove(tx, home, id.value(), List.of());
        }
    }

    /// Has Home Assistant bring a person's user back into the group of their role, which somebody
    /// changed there.
    void keepRole(Handle tx, AccountId id, HomeId home) {
        outbox.alignGroup(tx, home, id.value());
    }
}
