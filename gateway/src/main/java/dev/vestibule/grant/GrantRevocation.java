package dev.vestibule.grant;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.AppsConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.connection.ConnectionRegistry;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.GrantStore.Revoked;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The statements by which grants end. Only the room `revocation` calls them, so that there is one
/// path. All run inside the caller's transaction; after its commit the caller hands the ids to
/// [#cut]. Safe to share between threads.
public final class GrantRevocation {

    private static final Logger LOG = LoggerFactory.getLogger(GrantRevocation.class);

    private static final int BATCH = 500;

    private final InstantSource time;
    private final Secrets secrets;
    private final HeldTokens heldTokens;
    private final Outbox outbox;
    private final AuditLog audit;
    private final GrantEndings endings;
    private final ConnectionRegistry<GrantId> connections;
    private final Function<HomeId, AppsConfig> lifetimes;

    GrantRevocation(
            InstantSource time,
            Secrets secrets,
            HeldTokens heldTokens,
            Outbox outbox,
            AuditLog audit,
            GrantEndings endings,
            ConnectionRegistry<GrantId> connections,
            Function<HomeId, AppsConfig> lifetimes) {
        this.time = time;
        this.secrets = secrets;
        this.heldTokens = heldTokens;
        this.outbox = outbox;
        this.audit = audit;
        this.endings = endings;
        this.connections = connections;
        this.lifetimes = lifetimes;
    }

    /// Why grants end, and on whose word.
    public record Why(EndReason reason, String address) {}

    /// Ends one grant, and leaves word for Home Assistant.
    ///
    /// @return nothing where it was no live grant
    public List<GrantId> end(Handle tx, GrantId id, Why why) {
        return settle(tx, endings.revoke(tx, id, time.instant()), why);
    }

    /// Ends the grant of a refresh token, and leaves word for Home Assistant; an unknown token
    /// changes nothing.
    public List<GrantId> endByRefreshToken(Handle tx, HomeId home, Secret refreshToken, Why why) {
        return settle(
                tx,
                endings.revokeByOuterToken(tx, home, TokenHash.of(refreshToken), time.instant()),
                why);
    }

    /// Ends the apps' grants at a home whose time is over, or that were not used for too long. What
    /// an app has open counts as use.
    public List<GrantId> endRunOut(Handle tx, HomeId home, Why why) {
        Instant now = time.instant();
        AppsConfig apps = lifetimes.apply(home);
        List<GrantId> ended = new ArrayList<>();
        for (GrantId id : endings.appsThatRanOut(tx, home, now, apps, BATCH)) {
            if (isOpen(id) && !endings.hasHadItsTime(tx, id, apps.oldest(now))) {
                endings.keep(tx, id, now);
            } else {
                ended.addAll(end(tx, id, why));
            }
        }
        return ended;
    }

    /// Ends the long-lived tokens at a home whose date has passed.
    public List<GrantId> endExpired(Handle tx, HomeId home, Why why) {
        return endings.expired(tx, home, time.instant(), BATCH).stream()
                .flatMap(id -> end(tx, id, why).stream())
                .toList();
    }

    /// Whether something is open that came from a session.
    public boolean hasOpen(Handle tx, SessionId session) {
        return endings.liveOfSession(tx, session).stream().anyMatch(this::isOpen);
    }

    /// Ends the grants that were issued from one session, and leaves word for Home Assistant.
    public List<GrantId> endAllOfSession(Handle tx, SessionId session, Why why) {
        return settle(tx, endings.revokeAllOfSession(tx, session.value(), time.instant()), why);
    }

    /// Ends every grant of an account, and leaves word for Home Assistant that those tokens are to
    /// go; what else the person has there lives on.
    public List<GrantId> endAllOf(Handle tx, AccountId account, Why why) {
        return settle(tx, endings.revokeAllOf(tx, account, time.instant()), why);
    }

    /// As [#endAllOf], at one home.
    public List<GrantId> endAllOf(Handle tx, AccountId account, HomeId home, Why why) {
        return settle(tx, endings.revokeAllOf(tx, account, home, time.instant()), why);
    }

    /// Grants that have ended, and what they held of each home's.
    public record Taken(List<GrantId> ids, Map<HomeId, List<HeldToken>> held) {}

    /// Ends every grant of an account. Home Assistant is not told here: whoever ends all of a
    /// person tells it more than that some tokens are to go.
    public Taken takeAllOf(Handle tx, AccountId account, Why why) {
        return take(tx, endings.revokeAllOf(tx, account, time.instant()), why);
    }

    /// As [#takeAllOf(Handle, AccountId, Why)], at one home.
    public Taken takeAllOf(Handle tx, AccountId account, HomeId home, Why why) {
        return take(tx, endings.revokeAllOf(tx, account, home, time.instant()), why);
    }

    private Taken take(Handle tx, List<Revoked> revoked, Why why) {
        Map<HomeId, List<HeldToken>> held = new LinkedHashMap<>();
        for (Revoked grant : revoked) {
            heldTokens
                    .of(grant)
                    .ifPresent(
                            token ->
                                    held.computeIfAbsent(grant.home(), _ -> new ArrayList<>())
                                            .add(token));
            note(tx, grant, why);
        }
        return new Taken(ids(revoked), held);
    }

    /// Tells the audit log, and leaves word for Home Assistant.
    private List<GrantId> settle(Handle tx, List<Revoked> revoked, Why why) {
        for (Revoked grant : revoked) {
            if (grant.innerSealed() == null && !grant.accountId().isEmpty()) {
                endAsPerson(tx, grant);
            }
            revokeHeld(tx, grant);
            note(tx, grant, why);
        }
        return ids(revoked);
    }

    /// Long-lived tokens, and others of which no refresh token is held.
    private void endAsPerson(Handle tx, Revoked grant) {
        endings.tokenIdsOf(tx, grant.id())
                .forEach(id -> outbox.endToken(tx, grant.home(), grant.accountId(), id));
    }

    private void revokeHeld(Handle tx, Revoked grant) {
        heldTokens
                .of(grant)
                .ifPresent(
                        token ->
                                outbox.revokeToken(
                                        tx,
                                        grant.home(),
                                        grant.accountId().isEmpty() ? null : grant.accountId(),
                                        token.refreshToken()));
    }

    /// Ends what belongs to tokens of an account that Home Assistant has ended already.
    ///
    /// @param tokenIds Home Assistant's ids of them; those that are nobody's here change nothing
    public List<GrantId> endByTokenIds(
            Handle tx, AccountId account, HomeId home, Set<String> tokenIds, Why why) {
        List<GrantId> ended = new ArrayList<>();
        for (String tokenId : tokenIds) {
            for (Revoked grant :
                    endings.revokeByTokenId(tx, account, home, tokenId, time.instant())) {
                // The token that asked for its own end may live on there for a moment.
                revokeHeld(tx, grant);
                note(tx, grant, why);
                ended.add(grant.id());
            }
        }
        return ended;
    }

    private static List<GrantId> ids(List<Revoked> revoked) {
        return revoked.stream().map(Revoked::id).toList();
    }

    private void note(Handle tx, Revoked grant, Why why) {
        audit.append(
                tx,
                new AuditEvent.GrantRevoked(
                        grant.id().value(),
                        grant.accountId(),
                        grant.home().value(),
                        why.reason().code()),
                why.address());
    }

    /// Ends a refresh token that lives at Home Assistant only: it is never taken over from now on,
    /// and Home Assistant is told.
    public void endUnknown(Handle tx, HomeId home, Secret refreshToken) {
        GrantId id = new GrantId(secrets.randomId(time).toString());
        if (endings.insertEnded(tx, id, home, TokenHash.of(refreshToken), time.instant())
                && !outbox.revokeStrangeToken(tx, home, refreshToken)) {
            LOG.warn("event=token-not-revoked home={} reason=\"too many wait\"", home);
        }
    }

    /// The grants of an account at a home that live, to be handed to [#interrupt].
    public List<GrantId> liveOf(Handle tx, AccountId account, HomeId home) {
        return endings.liveOf(tx, account, home);
    }

    private boolean isOpen(GrantId id) {
        return connections.of(id).count() > 0;
    }

    /// Cuts what grants that live on have open now.
    public void interrupt(List<GrantId> live, Cut reason) {
        live.forEach(id -> connections.of(id).interrupt(reason));
    }

    /// Cuts the connections of grants whose end has been committed.
    public void cut(List<GrantId> ended, Cut reason) {
        ended.forEach(id -> connections.end(id, reason));
    }
}
