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
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.session.SessionService.Surplus;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;
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
    private final AuditLog audit;
    private final Runnable afterwards;

    /// @param afterwards what else is done when a person has been shut out: whatever may have been
    ///   theirs without saying so ends too. Must not wait
    public AccountLifecycle(
            Database database,
            AccountStore accounts,
            SessionService sessions,
            GrantService grants,
            AuditLog audit,
            Runnable afterwards) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.grants = grants;
        this.audit = audit;
        this.afterwards = afterwards;
    }

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
    ///
    /// @return false where there is no such account, or it is suspended already
    public boolean suspend(AccountId id, Cause cause) {
        Optional<Ended> ended =
                database.inTransaction(
                        tx ->
                                accounts.changeState(tx, id, AccountState.SUSPENDED)
                                        .map(account -> endAll(tx, account, cause)),
                        what -> what.ifPresent(this::cut));
        return ended.isPresent();
    }

    private Ended endAll(Handle tx, Account account, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.AccountSuspended(account.id().value(), cause.by(), cause.reason()),
                cause.address());
        return new Ended(
                sessions.deleteAllOf(tx, account.id()),
                grants.revokeAllOf(tx, account.id(), cause.reason(), cause.address()),
                Cut.SUSPENDED,
                true);
    }

    /// Lets a suspended person in again. What was theirs before stays ended: they sign in anew.
    ///
    /// @return false where there is no such account, or it is active already
    public boolean restore(AccountId id, Cause cause) {
        return database.inTransaction(
                tx -> {
                    Optional<Account> account = accounts.changeState(tx, id, AccountState.ACTIVE);
                    account.ifPresent(
                            restored ->
                                    audit.append(
                                            tx,
                                            new AuditEvent.AccountRestored(
                                                    restored.id().value(), cause.by()),
                                            cause.address()));
                    return account.isPresent();
                });
    }

    /// Signs a browser out, with every grant that was issued from its session.
    public void endSession(LiveSession session, Cause cause) {
        database.inTransaction(tx -> endSession(tx, session, cause), this::cut);
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
        return new Ended(
                sessions.deleteAllOf(tx, id, home),
                grants.revokeAllOf(tx, id, home, cause.reason(), cause.address()),
                Cut.ENDED,
                true);
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
