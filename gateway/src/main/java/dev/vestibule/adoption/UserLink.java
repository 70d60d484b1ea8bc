package dev.vestibule.adoption;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.Attachment;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.HomeUserStore.Parted;
import dev.vestibule.provisioning.Inheritance;
import dev.vestibule.provisioning.KnownUser;
import dev.vestibule.provisioning.PersonsAttachment;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.store.Database;
import dev.vestibule.webhook.WebhookService;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;

/// Gives a Home Assistant user to the account of the person whose user it is, on an administrator's
/// word or by the proof of the user's own login. Where an account stood for the user's old tokens,
/// or for that login, everything of it comes along and it goes away. One transaction: all of it
/// holds, or nothing. Safe to share between threads.
public final class UserLink implements PersonsAttachment {

    /// Nothing is done, only asked.
    private static final Actor NOBODY = new Actor("", "");

    private final Database database;
    private final AccountStore accounts;
    private final HomeUserStore homeUsers;
    private final GrantService grants;
    private final Lifecycles lifecycles;
    private final WebhookService webhooks;
    private final Outbox outbox;
    private final AuditLog audit;

    /// What ends access.
    public record Lifecycles(AccountLifecycle accounts, SessionLifecycle sessions) {}

    public UserLink(
            Database database,
            AccountStore accounts,
            HomeUserStore homeUsers,
            GrantService grants,
            Lifecycles lifecycles,
            WebhookService webhooks,
            Outbox outbox,
            AuditLog audit) {
        this.database = database;
        this.accounts = accounts;
        this.homeUsers = homeUsers;
        this.grants = grants;
        this.lifecycles = lifecycles;
        this.webhooks = webhooks;
        this.outbox = outbox;
        this.audit = audit;
    }

    /// What has to be done in memory once the transaction holds.
    private record Outcome(AttachResult result, Ended ended, List<GrantId> moved) {

        static Outcome refused(AttachResult result) {
            return new Outcome(result, Ended.NONE, List.of());
        }
    }

    /// On whose word a user is given away.
    private enum Word {
        PERSONS,
        ADMINISTRATORS
    }

    @Override
    public AttachResult attach(AccountId account, HomeId home, String userId, Actor by) {
        return attach(new Wish(account, home, userId, by, Word.PERSONS));
    }

    @Override
    public Optional<AttachResult> refusal(AccountId account, HomeId home, String userId) {
        return refusal(new Wish(account, home, userId, NOBODY, Word.PERSONS));
    }

    /// As this, on an administrator's word. It alone gives away what was the user of somebody who
    /// was removed (attack: they come back under another identity, and prove the password that the
    /// user still has).
    public Attachment byAdministrator() {
        return new Attachment() {
            @Override
            public AttachResult attach(AccountId account, HomeId home, String userId, Actor by) {
                return UserLink.this.attach(
                        new Wish(account, home, userId, by, Word.ADMINISTRATORS));
            }

            @Override
            public Optional<AttachResult> refusal(AccountId account, HomeId home, String userId) {
                return UserLink.this.refusal(
                        new Wish(account, home, userId, NOBODY, Word.ADMINISTRATORS));
            }
        };
    }

    private record Wish(AccountId account, HomeId home, String userId, Actor by, Word word) {}

    private AttachResult attach(Wish wish) {
        return database.inTransaction(
                        tx -> attach(tx, wish),
                        outcome -> {
                            outcome.ended().cut();
                            grants.forgetTokensOf(outcome.moved());
                        })
                .result();
    }

    private Optional<AttachResult> refusal(Wish wish) {
        return database.read(tx -> refusal(tx, wish));
    }

    private Outcome attach(Handle tx, Wish wish) {
        return refusal(tx, wish)
                .map(Outcome::refused)
                .orElseGet(
                        () ->
                                link(
                                        tx,
                                        accounts.find(tx, wish.account()).orElseThrow(),
                                        holder(tx, wish),
                                        wish.home(),
                                        wish.userId(),
                                        wish.by()));
    }

    private Optional<Account> holder(Handle tx, Wish wish) {
        return homeUsers
                .accountOf(tx, wish.home(), wish.userId())
                .flatMap(id -> accounts.find(tx, id));
    }

    private Optional<AttachResult> refusal(Handle tx, Wish wish) {
        AccountId id = wish.account();
        Optional<Account> account = accounts.find(tx, id).filter(Account::isActive);
        if (account.isEmpty()) {
            return Optional.of(new AttachResult.AccountNotActive());
        }
        if (!account.get().origin().isAPersons()) {
            return Optional.of(new AttachResult.AccountNotAPersons());
        }
        Optional<AttachResult> refusal =
                holder(tx, wish).flatMap(other -> refusal(tx, account.get(), other, wish));
        return refusal.isEmpty() && homeUsers.hasAttached(tx, id, wish.home())
                ? Optional.of(new AttachResult.AccountHasUser())
                : refusal;
    }

    /// Only an account that stands for the user itself, and for nobody whom a provider knows, may
    /// be taken over.
    private Optional<AttachResult> refusal(Handle tx, Account account, Account holder, Wish wish) {
        HomeId home = wish.home();
        if (!holder.isHere()) {
            return wish.word() == Word.ADMINISTRATORS
                    ? Optional.empty()
                    : Optional.of(new AttachResult.UserSuspended(holder.id()));
        }
        boolean isTheUsersOnly =
                !holder.id().equals(account.id())
                        && isMadeForAUser(holder.origin())
                        && !accounts.identities().hasAny(tx, holder.id())
                        && homeUsers.count(tx, holder.id()) == 1;
        if (!isTheUsersOnly) {
            return Optional.of(new AttachResult.UserTaken(holder.id()));
        }
        if (!holder.isActive()) {
            return Optional.of(new AttachResult.UserSuspended(holder.id()));
        }
        return accounts.roleOf(tx, account.id(), home).isEmpty()
                ? Optional.of(new AttachResult.AccountHasNoRole())
                : Optional.empty();
    }

    /// Whether such an account is made for a user that was there before: for its old tokens, or for
    /// whoever used the password form with it.
    private static boolean isMadeForAUser(AccountOrigin origin) {
        return switch (origin) {
            case ADOPTED, LOCAL -> true;
            case OIDC, SCIM, KIOSK, BREAK_GLASS -> false;
        };
    }

    private Outcome link(
            Handle tx,
            Account account,
            Optional<Account> holder,
            HomeId home,
            String userId,
            Actor by) {
        boolean isClosed =
                holder.filter(other -> isClosed(tx, other, home)).isPresent()
                        || isClosed(tx, account, home);
        Inheritance inherited =
                new Inheritance(
                        isClosed ? Closure.CLOSED : Closure.OPEN,
                        holder.map(other -> standing(tx, other, home)).orElse(Standing.PRESENT),
                        homeUsers.groupsBefore(tx, home, userId));
        boolean wasGone = homeUsers.isGone(tx, account.id(), home);
        Optional<String> madeUser = part(tx, account, home).filter(_ -> !wasGone);
        Cause cause = new Cause(by.by(), EndReason.LINKED, by.address());
        // They act as the user of our making, and signing in leads to the other one now.
        Ended ended = lifecycles.sessions().endGrantsOf(tx, account.id(), home, cause);
        List<GrantId> moved = List.of();
        int phones = 0;
        holder.ifPresent(other -> part(tx, other, home));
        if (holder.filter(Account::isHere).isPresent()) {
            // Browsers come in by what the person signs in with from now on.
            ended =
                    ended.and(
                            lifecycles
                                    .sessions()
                                    .endSessionsOf(tx, holder.get().id(), home, cause));
            moved = grants.moveToAccount(tx, holder.get(), account);
            phones = webhooks.moveToAccount(tx, holder.get().id(), account.id());
            takeAway(tx, holder.get());
            audit.append(
                    tx,
                    new AuditEvent.AccountMerged(
                            account.id().value(),
                            holder.get().id().value(),
                            home.value(),
                            moved.size(),
                            phones,
                            by.by()),
                    by.address());
        }
        AttachResult attached = homeUsers.attach(tx, account.id(), home, userId, by, inherited);
        if (!(attached instanceof AttachResult.Attached)) {
            throw new IllegalStateException("a free user was not attached: " + attached);
        }
        return new Outcome(
                new AttachResult.Attached(moved.size(), phones, madeUser.orElse("")), ended, moved);
    }

    /// Their hidden credential is nobody's any more, and goes.
    ///
    /// @return the user's id, where there was one
    private Optional<String> part(Handle tx, Account account, HomeId home) {
        Optional<Parted> parted = homeUsers.part(tx, account.id(), home);
        parted.ifPresent(
                left -> outbox.dropCredential(tx, home, account.id().value(), left.hiddenName()));
        return parted.flatMap(Parted::userId);
    }

    /// Nobody ever was an account that was made for old tokens; one that somebody signed in as
    /// keeps its name for the audit log.
    private void takeAway(Handle tx, Account holder) {
        if (holder.origin() == AccountOrigin.ADOPTED) {
            accounts.delete(tx, holder.id());
        } else {
            lifecycles.accounts().retire(tx, holder.id());
        }
    }

    private Standing standing(Handle tx, Account account, HomeId home) {
        return homeUsers
                .known(tx, account.id(), home)
                .map(KnownUser::standing)
                .orElse(Standing.PRESENT);
    }

    private boolean isClosed(Handle tx, Account account, HomeId home) {
        return homeUsers.closureOf(tx, account.id(), home) != Closure.OPEN;
    }
}
