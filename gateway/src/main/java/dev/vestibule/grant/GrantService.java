package dev.vestibule.grant;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.AppsConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Makes, finds and ends grants. Safe to share between threads.
///
/// Access tokens are Home Assistant's own and pass unchanged: [KnownTokens] are those that were
/// seen, [TokenJudge] asks about others.
public final class GrantService {

    private static final Duration ENDED_KEPT = Duration.ofDays(7);

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final Sealer sealer;
    private final HeldTokens heldTokens;
    private final Outbox outbox;
    private final AuditLog audit;
    private final GrantStore store;
    private final GrantEndings endings = new GrantEndings();
    private final BiPredicate<AccountId, HomeId> isRoleHeld;
    private final Map<HomeId, AppsConfig> lifetimes;
    private final KnownTokens known;

    /// @param lifetimes how long an app stays signed in at each home
    /// @param isRoleHeld whose tokens wait at a home, see [LiveGrant#isHeld()]
    public GrantService(
            InstantSource time,
            Secrets secrets,
            Database database,
            Sealer sealer,
            Outbox outbox,
            AuditLog audit,
            BiPredicate<AccountId, HomeId> isRoleHeld,
            Map<HomeId, AppsConfig> lifetimes) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.sealer = sealer;
        this.heldTokens = new HeldTokens(sealer);
        this.outbox = outbox;
        this.audit = audit;
        this.isRoleHeld = isRoleHeld;
        this.lifetimes = Map.copyOf(lifetimes);
        this.store = new GrantStore(isRoleHeld);
        this.known = new KnownTokens(time);
    }

    /// The statements by which grants end, for the room that ends access.
    public GrantRevocation revocation() {
        return new GrantRevocation(
                time,
                secrets,
                heldTokens,
                outbox,
                audit,
                endings,
                store.connections(),
                this::lifetimesAt);
    }

    AppsConfig lifetimesAt(HomeId home) {
        AppsConfig found = lifetimes.get(home);
        if (found == null) {
            throw new IllegalStateException("no such home: " + home);
        }
        return found;
    }

    /// A client that was authorized by a person.
    ///
    /// @param session with which the grant ends; empty where it outlives every session
    /// @param name as lists of grants have it
    /// @param from the person who said yes
    /// @param address of the client, which redeems what it got
    public record ForClient(
            HomeId home,
            Account account,
            Optional<SessionId> session,
            String clientId,
            String name,
            AskedFrom from,
            String address) {}

    /// Makes the grant of an authorized client and records Home Assistant's tokens, before anything
    /// is released to the client.
    ///
    /// @return empty where the person's access ended meanwhile; Home Assistant's token is then
    ///   revoked through the outbox
    public Optional<IssuedGrant> issue(ForClient client, UpstreamTokens upstream) {
        Instant now = time.instant();
        Secret outer = secrets.randomToken();
        GrantId id = newId();
        NewGrant grant =
                new NewGrant(
                        id,
                        client.home(),
                        GrantKind.CLIENT,
                        new GrantOwner.Person(client.account().id(), client.account().epoch()),
                        client.session().map(SessionId::value).orElse(null),
                        client.clientId(),
                        client.name(),
                        false,
                        client.from(),
                        TokenHash.of(outer).hex(),
                        sealer.seal(upstream.refreshToken(), place(id)),
                        null);
        boolean isMade =
                database.inTransaction(
                        tx -> {
                            if (!store.insert(tx, grant, now)) {
                                outbox.revokeToken(
                                        tx,
                                        client.home(),
                                        client.account().id().value(),
                                        upstream.refreshToken());
                                return false;
                            }
                            store.insertUpstreamToken(
                                    tx, client.home(), upstream.tokenId(), id, now);
                            audit.append(
                                    tx,
                                    new AuditEvent.GrantMade(
                                            id.value(),
                                            client.account().id().value(),
                                            client.home().value(),
                                            client.clientId()),
                                    client.address());
                            return true;
                        });
        if (!isMade) {
            return Optional.empty();
        }
        LiveGrant live = live(grant);
        remember(live, upstream.accessToken(), Duration.between(now, upstream.expiresAt()));
        return Optional.of(new IssuedGrant(live, outer));
    }

    /// Ends tokens that Home Assistant made for a sign-in which came to nothing: nobody was given
    /// them. Part of the caller's transaction.
    public void endUnreleased(Handle tx, HomeId home, Secret refreshToken) {
        outbox.revokeToken(tx, home, null, refreshToken);
    }

    /// A token that is older than the gateway.
    ///
    /// @param tokenId Home Assistant's id of the refresh token
    /// @param clientId empty text where the token has none
    public record Existing(
            HomeId home,
            GrantOwner owner,
            String tokenId,
            String clientId,
            String name,
            String address) {}

    /// Takes over an access token that is older than the gateway. A service's waits for approval.
    /// The same token twice at once becomes one grant, and one that has ended stays ended.
    public AdoptionResult adopt(Existing existing) {
        return adopt(adopted(newId(), existing, null, null), existing);
    }

    /// As [#adopt(Existing)], with the refresh token, whose value stays what it is.
    public AdoptionResult adopt(Existing existing, Secret refreshToken) {
        GrantId id = newId();
        NewGrant grant =
                adopted(
                        id,
                        existing,
                        TokenHash.of(refreshToken).hex(),
                        sealer.seal(refreshToken, place(id)));
        AdoptionResult result = adopt(grant, existing);
        if (result instanceof AdoptionResult.Live(var live) && !live.id().equals(id)) {
            keepRefreshToken(live, existing.clientId(), refreshToken);
        }
        return result;
    }

    private static NewGrant adopted(
            GrantId id,
            Existing existing,
            @Nullable String outerHash,
            @Nullable String innerSealed) {
        boolean isService = existing.owner() instanceof GrantOwner.Service;
        return new NewGrant(
                id,
                existing.home(),
                isService ? GrantKind.SERVICE : GrantKind.ADOPTED,
                existing.owner(),
                null,
                existing.clientId(),
                existing.name(),
                isService,
                AskedFrom.NOWHERE,
                outerHash,
                innerSealed,
                null);
    }

    private AdoptionResult adopt(NewGrant grant, Existing existing) {
        Instant now = time.instant();
        return database.inTransaction(
                tx ->
                        switch (lookUp(tx, existing.home(), existing.tokenId())) {
                            case TokenIdLookup.Live(var first) -> new AdoptionResult.Live(first);
                            case TokenIdLookup.Waiting() -> new AdoptionResult.Waiting();
                            case TokenIdLookup.Ended() -> new AdoptionResult.Ended();
                            case TokenIdLookup.Unknown() -> insert(tx, grant, existing, now);
                        });
    }

    private AdoptionResult insert(Handle tx, NewGrant grant, Existing existing, Instant now) {
        if (!store.insert(tx, grant, now)) {
            return new AdoptionResult.Ended();
        }
        store.insertUpstreamToken(tx, existing.home(), existing.tokenId(), grant.id(), now);
        audit.append(tx, adoption(grant), existing.address());
        return grant.isWaiting()
                ? new AdoptionResult.Waiting()
                : new AdoptionResult.Live(live(grant));
    }

    private static AuditEvent adoption(NewGrant grant) {
        String home = grant.home().value();
        return switch (grant.owner()) {
            case GrantOwner.Person(var account, _) ->
                    new AuditEvent.TokenAdopted(
                            grant.id().value(), account.value(), home, grant.name());
            case GrantOwner.Service() ->
                    new AuditEvent.ApprovalNeeded(grant.id().value(), home, grant.name());
        };
    }

    /// Records a long-lived token as its person's, before anybody gets to know it. It belongs to no
    /// session. Where the grant that asked or its person's access has ended meanwhile, nobody gets
    /// it, and word is left for Home Assistant that it is to go.
    ///
    /// @param accountId whose it is, where the grant that asked has ended
    public Optional<LiveGrant> addLongLived(
            HomeId home, AccountId accountId, LongLivedToken token) {
        Instant now = time.instant();
        return database.inTransaction(
                tx -> {
                    Optional<LiveGrant> made =
                            store.touch(tx, token.askedBy(), now)
                                    .map(asking -> longLived(asking, token))
                                    .filter(grant -> store.insert(tx, grant, now))
                                    .map(
                                            grant -> {
                                                note(tx, grant, token, now);
                                                return live(grant);
                                            });
                    if (made.isEmpty()) {
                        outbox.endToken(tx, home, accountId.value(), token.tokenId());
                    }
                    return made;
                });
    }

    private NewGrant longLived(LiveGrant asking, LongLivedToken token) {
        return new NewGrant(
                newId(),
                asking.home(),
                GrantKind.LONG_LIVED,
                asking.owner(),
                null,
                "",
                token.name(),
                false,
                new AskedFrom(token.address(), ""),
                null,
                null,
                token.expiresAt());
    }

    private void note(Handle tx, NewGrant grant, LongLivedToken token, Instant now) {
        store.insertUpstreamToken(tx, grant.home(), token.tokenId(), grant.id(), now);
        String account =
                switch (grant.owner()) {
                    case GrantOwner.Person(var id, _) -> id.value();
                    case GrantOwner.Service() -> "";
                };
        audit.append(
                tx,
                new AuditEvent.LongLivedTokenMade(
                        grant.id().value(), account, grant.home().value(), grant.name()),
                token.address());
    }

    /// Notes that a grant was used, where no refresh token of ours tells.
    public void noteUse(LiveGrant grant) {
        Instant now = time.instant();
        database.change(tx -> store.touch(tx, grant.id(), now));
    }

    /// What is held of Home Assistant's for a live grant.
    public Optional<HeldToken> heldTokenOf(LiveGrant grant) {
        return database.read(handle -> store.held(handle, grant.id())).stream()
                .flatMap(found -> heldTokens.of(found).stream())
                .findFirst();
    }

    /// What is held of Home Assistant's for the live grants of an account at a home, the last used
    /// first.
    public List<HeldToken> heldTokensOf(AccountId account, HomeId home) {
        return database.read(handle -> store.held(handle, account, home)).stream()
                .flatMap(found -> heldTokens.of(found).stream())
                .toList();
    }

    /// Adds the refresh token, and the client that it belongs to, to a grant that was adopted from
    /// an access token alone.
    public void keepRefreshToken(LiveGrant grant, String clientId, Secret refreshToken) {
        database.change(
                tx ->
                        store.keepRefreshToken(
                                tx,
                                grant.id(),
                                clientId,
                                TokenHash.of(refreshToken),
                                sealer.seal(refreshToken, place(grant.id()))));
    }

    /// What a client's grant of somebody at a home would be, for a question about it. Nobody can
    /// have it: it has no token and no row.
    public LiveGrant supposed(Account account, HomeId home) {
        GrantId id = newId();
        return new LiveGrant(
                id,
                home,
                GrantKind.CLIENT,
                new GrantOwner.Person(account.id(), account.epoch()),
                "",
                store.connections().of(id),
                isRoleHeld);
    }

    private LiveGrant live(NewGrant grant) {
        return new LiveGrant(
                grant.id(),
                grant.home(),
                grant.kind(),
                grant.owner(),
                grant.clientId(),
                store.connections().of(grant.id()),
                isRoleHeld);
    }

    private GrantId newId() {
        return new GrantId(secrets.randomId(time).toString());
    }

    static Sealer.Place place(GrantId id) {
        return new Sealer.Place("client_grant", id.value(), "inner_sealed");
    }

    /// Looks up a refresh token and notes its use.
    ///
    /// What is nobody's token costs a look and never a turn at the one writer (attack: a flood of
    /// made-up tokens keeps everybody else from being served).
    public RefreshLookup findByRefreshToken(HomeId home, Secret refreshToken) {
        Instant now = time.instant();
        TokenHash hash = TokenHash.of(refreshToken);
        if (database.read(handle -> store.stateOfOuterToken(handle, home, hash)).isEmpty()) {
            return new RefreshLookup.Unknown();
        }
        return database.inTransaction(
                tx ->
                        store.touchByOuterToken(tx, home, hash, now, lifetimesAt(home))
                                .<RefreshLookup>map(
                                        found ->
                                                new RefreshLookup.Found(
                                                        found.grant(),
                                                        sealer.open(
                                                                found.innerSealed(),
                                                                place(found.grant().id())),
                                                        found.session()))
                                .orElseGet(
                                        () -> unusable(store.stateOfOuterToken(tx, home, hash))));
    }

    private static RefreshLookup unusable(Optional<String> state) {
        if (state.isEmpty()) {
            return new RefreshLookup.Unknown();
        }
        return state.get().equals("pending")
                ? new RefreshLookup.Waiting()
                : new RefreshLookup.Ended();
    }

    /// Remembers an access token that Home Assistant gave or vouched for, so that [#recognise]
    /// knows it.
    ///
    /// @param lifetime how long it is good from now on; Home Assistant's clock may be another
    public void remember(LiveGrant grant, Secret accessToken, Duration lifetime) {
        known.remember(grant, accessToken, lifetime);
    }

    /// Forgets an access token that Home Assistant did not accept, so that it is asked about before
    /// it is believed again: it may have been ended there. Never waits.
    public void doubt(String accessToken) {
        known.doubt(accessToken);
    }

    /// Recognises an access token without waiting. Empty says only that it must be asked about.
    public Optional<LiveGrant> recognise(HomeId home, String accessToken) {
        return known.recognise(home, accessToken);
    }

    /// The live grant that one of Home Assistant's token ids belongs to. Knowing an id proves
    /// nothing: it is written in every access token and signed path.
    public Optional<LiveGrant> ofTokenId(HomeId home, String tokenId) {
        return database.read(handle -> store.findByUpstreamToken(handle, home, tokenId))
                .filter(LiveGrant::isLive);
    }

    /// What is known about one of Home Assistant's token ids.
    public TokenIdLookup lookUpTokenId(HomeId home, String tokenId) {
        return database.read(handle -> lookUp(handle, home, tokenId));
    }

    private TokenIdLookup lookUp(Handle handle, HomeId home, String tokenId) {
        return store.findByUpstreamToken(handle, home, tokenId)
                .filter(LiveGrant::isLive)
                .<TokenIdLookup>map(TokenIdLookup.Live::new)
                .orElseGet(() -> notLive(store.stateOfUpstreamToken(handle, home, tokenId)));
    }

    private static TokenIdLookup notLive(Optional<String> state) {
        if (state.isEmpty()) {
            return new TokenIdLookup.Unknown();
        }
        return state.get().equals("pending")
                ? new TokenIdLookup.Waiting()
                : new TokenIdLookup.Ended();
    }

    /// The grants of one session belong to the next from now on.
    public void moveToSession(Handle tx, SessionId next, SessionId previous) {
        store.moveToSession(tx, next, previous);
    }

    /// Everything of one account belongs to another from now on, what has ended too. Call
    /// [#forgetTokensOf] once the transaction holds.
    public List<GrantId> moveToAccount(Handle tx, Account from, Account to) {
        return store.moveToAccount(tx, from, to);
    }

    /// What is remembered of these grants names their former person; they are looked up anew.
    public void forgetTokensOf(List<GrantId> moved) {
        known.forgetAllOf(moved);
    }

    /// The session that the grant of a refresh token was issued from; empty where it was from none,
    /// or has ended.
    public Optional<SessionId> sessionOf(HomeId home, Secret refreshToken) {
        TokenHash hash = TokenHash.of(refreshToken);
        return database.read(handle -> store.sessionOfOuterToken(handle, home, hash));
    }

    /// Lets a waiting grant in.
    ///
    /// @return false where no such grant waits
    public boolean approve(GrantId id, HomeId home, Actor by) {
        return database.inTransaction(
                tx -> {
                    boolean isApproved = store.approve(tx, id);
                    if (isApproved) {
                        audit.append(
                                tx,
                                new AuditEvent.GrantApproved(id.value(), home.value(), by.by()),
                                by.address());
                    }
                    return isApproved;
                });
    }

    /// As [#list()], inside the caller's transaction.
    public List<GrantSummary> list(Handle handle) {
        return store.list(handle);
    }

    public List<GrantSummary> list() {
        return database.read(store::list);
    }

    /// How many sockets and streams of a grant this process has open.
    int openCount(GrantId id) {
        return store.connections().of(id).count();
    }

    /// The grants that have something open in this process: no more than there may be sockets.
    List<GrantId> open() {
        return store.connections().open();
    }

    /// Forgets refresh tokens that [GrantRevocation#endUnknown] ended a week ago: Home Assistant
    /// knows them no more, or is still told by the outbox.
    public int sweep() {
        Instant before = time.instant().minus(ENDED_KEPT);
        return database.inTransaction(tx -> endings.deleteEnded(tx, before));
    }
}
