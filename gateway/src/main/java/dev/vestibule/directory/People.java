package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.directory.Matching.Match;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.AccountLifecycle.Decision;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Gatherers;

/// Does to accounts what a client's users and groups say about them: who is switched off, deleted,
/// or in no group any more that has a role, is out when the transaction holds. Safe to share
/// between threads.
public final class People implements Consequences {

    private static final int USERS_AT_ONCE = 200;

    private final Matching matching;
    private final DirectoryRoles roles;
    private final Departures departures;
    private final ResourceStore resources;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;

    People(
            Matching matching,
            DirectoryRoles roles,
            Departures departures,
            ResourceStore resources,
            AccountStore accounts,
            AccountLifecycle lifecycle) {
        this.matching = matching;
        this.roles = roles;
        this.departures = departures;
        this.resources = resources;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
    }

    @Override
    public Ended userCreated(Handle tx, Tenant tenant, StoredResource after, Cause cause) {
        Match match = matching.accountFor(tx, tenant, after, cause);
        return match.ended().and(arrive(tx, tenant, after, match.account(), cause));
    }

    @Override
    public Ended userChanged(
            Handle tx, Tenant tenant, StoredResource before, StoredResource after, Cause cause) {
        if (after.account().isEmpty()) {
            return userCreated(tx, tenant, after, cause);
        }
        AccountId account = after.account().get();
        if (!Matching.profile(before).equals(Matching.profile(after))) {
            accounts.rename(tx, account, Matching.profile(after));
            matching.rename(tx, tenant, after, account);
        }
        Optional<AccountId> own = matching.ownAccount(tx, tenant, before, after, account);
        return own.isPresent()
                ? join(tx, tenant, after, own.get(), cause)
                : arrive(tx, tenant, after, account, cause);
    }

    /// Makes a user the account that their person has, in the place of the placeholder that was
    /// made for them before it was known who they are. What an operator decided about that holds
    /// for the person.
    Ended join(Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        boolean isShutOut =
                user.account()
                        .filter(
                                made ->
                                        accounts.suspendedBy(tx, made)
                                                .contains(SuspendedBy.OPERATOR))
                        .isPresent();
        matching.link(tx, tenant, user, account, cause);
        Ended ended = arrive(tx, tenant, user, account, cause);
        if (user.account().isPresent()) {
            ended = ended.and(matching.remove(tx, user.account().get(), cause));
        }
        return isShutOut ? ended.and(suspend(tx, account, SuspendedBy.OPERATOR, cause)) : ended;
    }

    private Ended arrive(
            Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        return departures.watch(
                tx,
                tenant,
                Set.of(account),
                () ->
                        state(tx, user, account, cause)
                                .and(roles.grant(tx, tenant, user, account, cause)));
    }

    @Override
    public Ended userDeleted(Handle tx, Tenant tenant, StoredResource before, Cause cause) {
        return before.account()
                .or(() -> matching.whoIsDeleted(tx, tenant, before))
                .map(
                        account ->
                                departures.watch(
                                        tx,
                                        tenant,
                                        Set.of(account),
                                        () -> delete(tx, tenant, before, account, cause)))
                .orElse(Ended.NONE);
    }

    /// Whoever is deleted stays out as whoever is switched off does, also where the provider would
    /// let them in again. Their name in the house and its history stay; an operator may remove
    /// them.
    private Ended delete(
            Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        matching.bury(tx, tenant, user, account);
        return suspend(tx, account, SuspendedBy.SCIM, cause);
    }

    /// Users come some at a time: those of a large group do not fit into memory together.
    @Override
    public Ended membersChanged(Handle tx, Tenant tenant, Set<String> users, Cause cause) {
        return departures.watch(
                tx,
                tenant,
                resources.accountsOf(tx, tenant.id(), users),
                () ->
                        users.stream()
                                .gather(Gatherers.windowFixed(USERS_AT_ONCE))
                                .map(some -> resources.findUsers(tx, tenant.id(), some))
                                .map(some -> followAll(tx, tenant, some, cause))
                                .reduce(Ended.NONE, Ended::and));
    }

    private Ended followAll(Handle tx, Tenant tenant, List<StoredResource> users, Cause cause) {
        Set<AccountId> indifferent = roles.indifferent(tx, tenant, users);
        Ended ended = Ended.NONE;
        for (StoredResource user : users) {
            Optional<AccountId> account =
                    user.account().filter(Predicate.not(indifferent::contains));
            if (account.isPresent()) {
                ended = ended.and(follow(tx, tenant, user, account.get(), cause));
            }
        }
        return ended;
    }

    /// What the client wishes about somebody holds when this returns, whatever held before.
    private Ended follow(
            Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        return state(tx, user, account, cause).and(roles.follow(tx, tenant, user, account, cause));
    }

    private Ended state(Handle tx, StoredResource user, AccountId account, Cause cause) {
        return user.isActive()
                ? letIn(tx, account, cause)
                : suspend(tx, account, SuspendedBy.SCIM, cause);
    }

    private Ended suspend(Handle tx, AccountId account, SuspendedBy by, Cause cause) {
        Decision<SuspendResult> decision = lifecycle.suspend(tx, account, by, cause);
        return switch (decision.result()) {
            case SuspendResult.Suspended _,
                    SuspendResult.AlreadySuspended _,
                    SuspendResult.NoSuchAccount _ ->
                    decision.ended();
            case SuspendResult.LastAdministrator(var home) ->
                    throw Departures.lastAdministrator(home);
        };
    }

    /// Takes back what the client itself had said, and nobody else's word: a provider may have
    /// switched the person off meanwhile, and most requests about somebody say `active` again.
    private Ended letIn(Handle tx, AccountId account, Cause cause) {
        var _ = lifecycle.restore(tx, account, SuspendedBy.SCIM, cause);
        return Ended.NONE;
    }
}
