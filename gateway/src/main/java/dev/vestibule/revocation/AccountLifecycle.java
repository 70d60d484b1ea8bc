package dev.vestibule.revocation;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantService;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionService.Surplus;
import dev.vestibule.store.Database;
import dev.vestibule.webhook.WebhookService;

import org.jdbi.v3.core.Handle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Ends and restores access. Safe to share between threads.
///
/// Two scopes that are never mixed up: the end of a session takes the session and the grants that
/// were issued from it; a suspension takes everything of the account. Both hold when the method
/// returns, whether Home Assistant answers or not.
public final class AccountLifecycle {

    private final Database database;
    private final AccountStore accounts;
    private final SessionService sessions;
    private final GrantService grants;
    private final HomeUserStore homeUsers;
    private final WebhookService webhooks;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Runnable afterwards;

    /// @param afterwards what else is done when a person has been shut out: whatever may have been
    ///   theirs without saying so ends too. Must not wait
    public AccountLifecycle(
            Database database,
            AccountStore accounts,
            SessionService sessions,
            GrantService grants,
            Homes homes,
            AuditLog audit,
            Runnable afterwards) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.grants = grants;
        this.homeUsers = homes.users();
        this.webhooks = homes.webhooks();
        this.outbox = homes.outbox();
        this.audit = audit;
        this.afterwards = afterwards;
    }

    /// What a person has at the homes, and the word that is left for them.
    public record Homes(HomeUserStore users, WebhookService webhooks, Outbox outbox) {}

    /// Who ends or restores access, why, and from where.
    ///
    /// @param by a person, a program or `console`
    /// @param reason a sentence for the audit log
    public record Cause(String by, String reason, String address) {}

    /// What a transaction ended. After its commit the caller hands it to [#cut].
    public static final class Ended {
        /// Nothing.
        public static final Ended NONE = Ended.of(List.of(), List.of());

        private final List<SessionId> sessions;
        private final List<GrantId> grants;
        private final Cut reason;
        private final boolean isPersonOut;

        /// @param isPersonOut true where a person is out and not only one browser of theirs
        private Ended(
                List<SessionId> sessions, List<GrantId> grants, Cut reason, boolean isPersonOut) {
            this.sessions = List.copyOf(sessions);
            this.grants = List.copyOf(grants);
            this.reason = reason;
            this.isPersonOut = isPersonOut;
        }

        private static Ended of(List<SessionId> sessions, List<GrantId> grants) {
            return new Ended(sessions, grants, Cut.ENDED, false);
        }

        /// Both together.
        public Ended and(Ended other) {
            return new Ended(
                    Stream.concat(sessions.stream(), other.sessions.stream()).toList(),
                    Stream.concat(grants.stream(), other.grants.stream()).toList(),
                    reason,
                    isPersonOut || other.isPersonOut);
        }
    }

    /// Shuts a person out everywhere.
    public SuspendResult suspend(AccountId id, Cause cause) {
        return database.inTransaction(tx -> suspend(tx, id, cause), what -> cut(what.ended()))
                .result();
    }

    /// What was decided, and what it ended.
    private record Suspension(SuspendResult result, Ended ended) {

        static Suspension refused(SuspendResult result) {
            return new Suspension(result, Ended.NONE);
        }
    }

    private Suspension suspend(Handle tx, AccountId id, Cause cause) {
        Optional<Account> account = accounts.find(tx, id);
        if (account.isEmpty()) {
            return Suspension.refused(new SuspendResult.NoSuchAccount());
        }
        if (!account.get().isActive()) {
            return Suspension.refused(new SuspendResult.AlreadySuspended());
        }
        Optional<HomeId> lonely = accounts.soleAdministratorOf(tx, id);
        if (lonely.isPresent()) {
            return Suspension.refused(new SuspendResult.LastAdministrator(lonely.get()));
        }
        var _ = accounts.changeState(tx, id, AccountState.SUSPENDED);
        return new Suspension(new SuspendResult.Suspended(), endAll(tx, id, cause));
    }

    private Ended endAll(Handle tx, AccountId id, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.AccountSuspended(id.value(), cause.by(), cause.reason()),
                cause.address());
        webhooks.closeAllOf(tx, id);
        GrantService.Ended grantsEnded = grants.endAllOf(tx, id, cause.reason(), cause.address());
        tellHomes(tx, id, grantsEnded, homeUsers.close(tx, id));
        return new Ended(sessions.deleteAllOf(tx, id), grantsEnded.ids(), Cut.SUSPENDED, true);
    }

    private void tellHomes(
            Handle tx, AccountId id, GrantService.Ended grantsEnded, List<HomeId> closed) {
        Set<HomeId> homes = new LinkedHashSet<>(closed);
        homes.addAll(grantsEnded.held().keySet());
        homes.forEach(
                home ->
                        outbox.shutOut(
                                tx,
                                home,
                                id.value(),
                                grantsEnded.held().getOrDefault(home, List.of())));
    }

    /// Lets a suspended person in again. What was theirs before stays ended: they sign in anew, and
    /// nobody comes in as they before Home Assistant was seen to have no old token of theirs.
    ///
    /// @return false where there is no such account, or it is active already
    public boolean restore(AccountId id, Cause cause) {
        return database.inTransaction(
                tx -> {
                    Optional<Account> account = accounts.changeState(tx, id, AccountState.ACTIVE);
                    account.ifPresent(
                            restored -> {
                                audit.append(
                                        tx,
                                        new AuditEvent.AccountRestored(
                                                restored.id().value(), cause.by()),
                                        cause.address());
                                homeUsers
                                        .closedHomesOf(tx, id)
                                        .forEach(home -> outbox.letIn(tx, home, id.value()));
                            });
                    return account.isPresent();
                });
    }

    /// Signs a browser out, with every grant that was issued from its session.
    public void endSession(LiveSession session, Cause cause) {
        var _ = endSessions(_ -> Optional.of(List.of(session)), cause);
    }

    /// Signs browsers out, with every grant that was issued from their sessions.
    ///
    /// @param which finds them inside the transaction that ends them; empty calls it off
    /// @return false where it was called off
    public boolean endSessions(Function<Handle, Optional<List<LiveSession>>> which, Cause cause) {
        return database.inTransaction(
                        tx -> which.apply(tx).map(ending -> endSessions(tx, ending, cause)),
                        what -> what.ifPresent(this::cut))
                .isPresent();
    }

    private Ended endSessions(Handle tx, List<LiveSession> ending, Cause cause) {
        return ending.stream()
                .map(session -> endSession(tx, session, cause))
                .reduce(Ended.NONE, Ended::and);
    }

    /// As [#endSession(LiveSession, Cause)], inside the caller's transaction.
    public Ended endSession(Handle tx, LiveSession session, Cause cause) {
        if (sessions.delete(tx, session.id())) {
            noteEnd(tx, session.id(), session.account(), session.home(), cause);
        }
        return Ended.of(List.of(session.id()), revokeAllOfSession(tx, session.id(), cause));
    }

    private List<GrantId> revokeAllOfSession(Handle tx, SessionId session, Cause cause) {
        return grants.revokeAllOfSession(tx, session, cause.reason(), cause.address());
    }

    private void noteEnd(
            Handle tx, SessionId session, AccountId account, HomeId home, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.SessionEnded(
                        session.value(), account.value(), home.value(), cause.reason()),
                cause.address());
    }

    /// The same person signed in anew in the same browser: the old session ends, and the grants
    /// that were issued from it now belong to the next.
    public Ended replaceSession(Handle tx, LiveSession old, LiveSession next, Cause cause) {
        grants.moveToSession(tx, next.id(), old.id());
        if (sessions.delete(tx, old.id())) {
            noteEnd(tx, old.id(), old.account(), old.home(), cause);
        }
        return Ended.of(List.of(old.id()), List.of());
    }

    /// Ends those sessions of a person that were not used for the longest, where there are more
    /// than one person may have, with what was issued from them (attack: one person's endless
    /// sign-ins fill the database).
    public Ended crowdOut(Handle tx, AccountId account, Cause cause) {
        Ended all = Ended.NONE;
        for (Surplus session : sessions.deleteSurplusOf(tx, account)) {
            noteEnd(tx, session.id(), account, session.home(), cause);
            all =
                    all.and(
                            Ended.of(
                                    List.of(session.id()),
                                    revokeAllOfSession(tx, session.id(), cause)));
        }
        return all;
    }

    /// Ends everything of a person at one home, where they have no role any more. What they have
    /// elsewhere lives on.
    public Ended expel(Handle tx, AccountId id, HomeId home, Cause cause) {
        GrantService.Ended grantsEnded =
                grants.endAllOf(tx, id, home, cause.reason(), cause.address());
        webhooks.closeAllOf(tx, id, home);
        tellHomes(tx, id, grantsEnded, homeUsers.close(tx, id, home));
        return new Ended(sessions.deleteAllOf(tx, id, home), grantsEnded.ids(), Cut.ENDED, true);
    }

    /// Cuts what has ended, once that is committed. Never waits.
    public void cut(Ended ended) {
        sessions.cut(ended.sessions, ended.reason);
        grants.cut(ended.grants, ended.reason);
        if (ended.isPersonOut) {
            afterwards.run();
        }
    }
}
