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
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;

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

    private record Ended(List<SessionId> sessions, List<GrantId> grants) {}

    /// Shuts a person out everywhere.
    ///
    /// @return false where there is no such account, or it is suspended already
    public boolean suspend(AccountId id, Cause cause) {
        Optional<Ended> ended =
                database.inTransaction(
                        tx ->
                                accounts.changeState(tx, id, AccountState.SUSPENDED)
                                        .map(account -> endAll(tx, account, cause)));
        ended.ifPresent(what -> shutOut(what, Cut.SUSPENDED));
        return ended.isPresent();
    }

    private Ended endAll(Handle tx, Account account, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.AccountSuspended(account.id().value(), cause.by(), cause.reason()),
                cause.address());
        return new Ended(
                sessions.deleteAllOf(tx, account.id()),
                grants.revokeAllOf(tx, account.id(), cause.reason(), cause.address()));
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
        Ended ended =
                database.inTransaction(
                        tx -> {
                            if (sessions.delete(tx, session.id())) {
                                audit.append(tx, sessionEnded(session, cause), cause.address());
                            }
                            return new Ended(
                                    List.of(session.id()),
                                    grants.revokeAllOfSession(
                                            tx, session.id(), cause.reason(), cause.address()));
                        });
        cut(ended, Cut.ENDED);
    }

    /// The same person signed in anew in the same browser: the old session ends, and the grants
    /// that were issued from it now belong to the next.
    public void replaceSession(LiveSession old, LiveSession next, Cause cause) {
        database.change(
                tx -> {
                    grants.moveToSession(tx, next.id(), old.id());
                    if (sessions.delete(tx, old.id())) {
                        audit.append(tx, sessionEnded(old, cause), cause.address());
                    }
                });
        sessions.cut(List.of(old.id()), Cut.ENDED);
    }

    private static AuditEvent sessionEnded(LiveSession session, Cause cause) {
        return new AuditEvent.SessionEnded(
                session.id().value(),
                session.account().value(),
                session.home().value(),
                cause.reason());
    }

    /// Ends everything of a person at one home, where they have no role any more. What they have
    /// elsewhere lives on.
    public void expel(AccountId id, HomeId home, Cause cause) {
        Ended ended =
                database.inTransaction(
                        tx ->
                                new Ended(
                                        sessions.deleteAllOf(tx, id, home),
                                        grants.revokeAllOf(
                                                tx, id, home, cause.reason(), cause.address())));
        shutOut(ended, Cut.ENDED);
    }

    private void cut(Ended ended, Cut reason) {
        sessions.cut(ended.sessions(), reason);
        grants.cut(ended.grants(), reason);
    }

    /// As [#cut], where a person is out and not only one browser of theirs.
    private void shutOut(Ended ended, Cut reason) {
        cut(ended, reason);
        afterwards.run();
    }
}
