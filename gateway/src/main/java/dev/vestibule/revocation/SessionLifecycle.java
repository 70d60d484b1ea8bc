package dev.vestibule.revocation;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantId;
import dev.vestibule.grant.GrantRevocation;
import dev.vestibule.grant.GrantService;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SessionId;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Ends single sessions, with what was issued from them, and single grants. The person stays who
/// they are: their other browsers, apps and tokens live on. Safe to share between threads.
///
/// All of it holds when a method returns, whether Home Assistant answers or not. Methods that take
/// a `Handle` run inside the caller's transaction, who calls [Ended#cut()] after the commit.
public final class SessionLifecycle {

    private static final String GATEWAY = "the gateway";

    private final Database database;
    private final SessionService sessions;
    private final GrantService grants;
    private final GrantRevocation revocation;
    private final AuditLog audit;

    public SessionLifecycle(
            Database database, SessionService sessions, GrantService grants, AuditLog audit) {
        this.database = database;
        this.sessions = sessions;
        this.grants = grants;
        this.revocation = grants.revocation();
        this.audit = audit;
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
                        what -> what.ifPresent(Ended::cut))
                .isPresent();
    }

    /// As [#endSession(LiveSession, Cause)], for several inside the caller's transaction.
    public Ended endSessions(Handle tx, List<LiveSession> ending, Cause cause) {
        return ending.stream()
                .map(session -> endSession(tx, session, cause))
                .reduce(Ended.NONE, Ended::and);
    }

    /// As [#endSession(LiveSession, Cause)], inside the caller's transaction.
    public Ended endSession(Handle tx, LiveSession session, Cause cause) {
        if (sessions.delete(tx, session.id())) {
            noteEnd(tx, session.id(), session.account(), session.home(), cause);
        }
        return ended(session.id(), revocation.endAllOfSession(tx, session.id(), cause.why()));
    }

    private Ended ended(SessionId session, List<GrantId> ended) {
        return Ended.of(
                () -> {
                    sessions.cut(List.of(session), Cut.ENDED);
                    revocation.cut(ended, Cut.ENDED);
                });
    }

    private void noteEnd(
            Handle tx, SessionId session, AccountId account, HomeId home, Cause cause) {
        audit.append(
                tx,
                new AuditEvent.SessionEnded(
                        session.value(), account.value(), home.value(), cause.reason().code()),
                cause.address());
    }

    /// The same person signed in anew in the same browser: the old session ends, and the grants
    /// that were issued from it now belong to the next.
    public Ended replaceSession(Handle tx, LiveSession old, LiveSession next, Cause cause) {
        grants.moveToSession(tx, next.id(), old.id());
        if (sessions.delete(tx, old.id())) {
            noteEnd(tx, old.id(), old.account(), old.home(), cause);
        }
        return ended(old.id(), List.of());
    }

    /// Ends those sessions of a person that were not used for the longest, where there are more
    /// than one person may have, with what was issued from them (attack: one person's endless
    /// sign-ins fill the database).
    public Ended crowdOut(Handle tx, AccountId account, Cause cause) {
        return sessions.deleteSurplusOf(tx, account).stream()
                .map(session -> endDeleted(tx, session.id(), account, session.home(), cause))
                .reduce(Ended.NONE, Ended::and);
    }

    /// Signs every browser of a person at one home out, with what was issued from their sessions;
    /// apps, and whatever else outlives a session, live on.
    public Ended endSessionsOf(Handle tx, AccountId account, HomeId home, Cause cause) {
        return sessions.of(tx, account, home).stream()
                .filter(session -> sessions.delete(tx, session))
                .map(session -> endDeleted(tx, session, account, home, cause))
                .reduce(Ended.NONE, Ended::and);
    }

    private Ended endDeleted(
            Handle tx, SessionId session, AccountId account, HomeId home, Cause cause) {
        noteEnd(tx, session, account, home, cause);
        return ended(session, revocation.endAllOfSession(tx, session, cause.why()));
    }

    /// Ends one client's access.
    ///
    /// @return false where it was no live grant
    public boolean endGrant(GrantId id, Cause cause) {
        return endGrants((tx, why) -> revocation.end(tx, id, why), cause);
    }

    /// Ends what belongs to tokens that a person has ended in Home Assistant themselves, once Home
    /// Assistant has confirmed it.
    ///
    /// @param tokenIds Home Assistant's ids of them; those that are nobody's here change nothing
    public void endTokens(AccountId account, HomeId home, Set<String> tokenIds, Cause cause) {
        var _ =
                endGrants(
                        (tx, why) -> revocation.endByTokenIds(tx, account, home, tokenIds, why),
                        cause);
    }

    /// Ends the access of whoever holds a refresh token; an unknown one changes nothing.
    public void endGrant(HomeId home, Secret refreshToken, Cause cause) {
        var _ =
                endGrants(
                        (tx, why) -> revocation.endByRefreshToken(tx, home, refreshToken, why),
                        cause);
    }

    private boolean endGrants(
            BiFunction<Handle, GrantRevocation.Why, List<GrantId>> end, Cause cause) {
        return !database.inTransaction(
                        tx -> end.apply(tx, cause.why()), ids -> revocation.cut(ids, Cut.ENDED))
                .isEmpty();
    }

    /// Ends what has run out at a home: sessions with what was issued from them, apps, and
    /// long-lived tokens. What is open counts as use, but for those whose time is over anyhow.
    ///
    /// @return how many ended
    public int endRunOut(HomeId home) {
        Cause idle = new Cause(GATEWAY, EndReason.NOT_USED, GATEWAY);
        Cause over = new Cause(GATEWAY, EndReason.TIME_OVER, GATEWAY);
        return database.inTransaction(tx -> endRunOut(tx, home, idle, over), RunOut::cut).count();
    }

    private record RunOut(int count, Ended ended) {

        void cut() {
            ended.cut();
        }
    }

    private RunOut endRunOut(Handle tx, HomeId home, Cause idle, Cause over) {
        List<LiveSession> expired = sessions.expired(tx, home);
        Ended ended = endSessions(tx, expired, over);
        int count = expired.size();
        for (LiveSession session : sessions.idle(tx, home)) {
            if (session.connections().count() > 0 || revocation.hasOpen(tx, session.id())) {
                sessions.keep(tx, session.id());
            } else {
                ended = ended.and(endSession(tx, session, idle));
                count++;
            }
        }
        List<GrantId> grants =
                Stream.concat(
                                revocation.endRunOut(tx, home, idle.why()).stream(),
                                revocation.endExpired(tx, home, over.why()).stream())
                        .toList();
        return new RunOut(
                count + grants.size(),
                ended.and(Ended.of(() -> revocation.cut(grants, Cut.ENDED))));
    }

    /// Ends every client's access that a person has at one home; their sessions live on.
    public Ended endGrantsOf(Handle tx, AccountId account, HomeId home, Cause cause) {
        List<GrantId> ended = revocation.endAllOf(tx, account, home, cause.why());
        return Ended.of(() -> revocation.cut(ended, Cut.ENDED));
    }

    /// Ends a refresh token that lives at Home Assistant only: it is never taken over from now on,
    /// and Home Assistant is told.
    public void endUnknownToken(HomeId home, Secret refreshToken) {
        database.change(tx -> revocation.endUnknown(tx, home, refreshToken));
    }
}
