package dev.vestibule.tenant;

import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.audit.WayIn;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.tenant.TenantAuthentication.Authenticated;
import dev.vestibule.tenant.TenantAuthentication.Refused;
import dev.vestibule.tenant.TenantAuthentication.TooMany;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/// The SCIM clients and their tokens. Safe to share between threads; every method waits for the
/// database.
///
/// A token is 256 random bits behind [#PREFIX], by which a scanner of leaked secrets knows it. It
/// is shown once; the store keeps its SHA-256, so looking it up gives no time to measure.
public final class Tenants {

    static final String PREFIX = "vst_scim_";

    private static final Duration LIMITED_FOR = Duration.ofMinutes(1);
    private static final String PLACE = "scim";

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final AuditLog audit;
    private final Doorkeeping door;
    private final TokenUses uses;

    /// The tokens that there are, and some that were. They are looked up like every other; what is
    /// not among them is looked up only so often for each address. Attack: made-up tokens, so that
    /// each costs a question to the database. Whose token is known is never limited by that.
    private final Set<TokenHash> known = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean isEachKnown = new AtomicBoolean();

    public Tenants(
            InstantSource time,
            Secrets secrets,
            Database database,
            AuditLog audit,
            Doorkeeping door) {
        this(
                time,
                secrets,
                database,
                audit,
                door,
                new TokenUses(
                        time,
                        database,
                        task -> Thread.ofVirtual().name("scim-token-use").start(task)));
    }

    Tenants(
            InstantSource time,
            Secrets secrets,
            Database database,
            AuditLog audit,
            Doorkeeping door,
            TokenUses uses) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.audit = audit;
        this.door = door;
        this.uses = uses;
    }

    /// What is done about requests that are refused.
    ///
    /// @param failures how often an address may be refused before it is told to wait
    /// @param refusals hears of every refused request
    public record Doorkeeping(AddressLimiter failures, RequestRefusals refusals) {}

    /// Says which client a request comes from. The use of its token is noted, at most once a minute
    /// and without anybody waiting for it; a refusal is logged.
    ///
    /// @param bearer what stands behind `Bearer `; empty where there is nothing
    /// @param request the reference number that the answer carries
    public TenantAuthentication authenticate(String bearer, ClientAddress from, String request) {
        Optional<TokenHash> token = hashOf(bearer);
        if (token.isEmpty()) {
            noteWrong(bearer, from, request);
            return refused(from);
        }
        if (!isKnown(token.get()) && !door.failures().tryTake(from)) {
            noteWrong(bearer, from, request);
            return new TooMany(LIMITED_FOR);
        }
        Optional<KnownToken> holder =
                database.read(handle -> TenantStore.holderOf(handle, token.get()));
        if (holder.isEmpty()) {
            known.remove(token.get());
            noteWrong(bearer, from, request);
            return new Refused();
        }
        if (!isFrom(from, holder.get().networks())) {
            door.refusals().refused("scim-network", PLACE, request, from);
            return refused(from);
        }
        uses.note(token.get(), from, holder.get().lastUsedAt());
        return new Authenticated(holder.get().tenant());
    }

    /// Whose token something is; no look counts as a use or as a failure.
    ///
    /// @param bearer whatever somebody has
    public Optional<KnownToken> inquire(String bearer) {
        return hashOf(bearer)
                .flatMap(token -> database.read(handle -> TenantStore.holderOf(handle, token)));
    }

    private boolean isKnown(TokenHash token) {
        if (isEachKnown.compareAndSet(false, true)) {
            try {
                known.addAll(database.read(TenantStore::hashes));
            } catch (DatabaseUnavailable away) {
                isEachKnown.set(false);
                throw away;
            }
        }
        return known.contains(token);
    }

    /// What has not the shape of a token is none.
    private static Optional<TokenHash> hashOf(String bearer) {
        return bearer.startsWith(PREFIX) && bearer.length() == PREFIX.length() + 43
                ? Optional.of(TokenHash.of(bearer))
                : Optional.empty();
    }

    /// An address that cannot be known is in no network.
    private static boolean isFrom(ClientAddress from, List<Cidr> networks) {
        return networks.isEmpty()
                || switch (from) {
                    case ClientAddress.Known(var address) ->
                            networks.stream().anyMatch(network -> network.contains(address));
                    case ClientAddress.Unknown _ -> false;
                };
    }

    private TenantAuthentication refused(ClientAddress from) {
        return door.failures().tryTake(from) ? new Refused() : new TooMany(LIMITED_FOR);
    }

    /// Who shows no token at all proves nothing wrongly: any page can have a browser do that.
    private void noteWrong(String bearer, ClientAddress from, String request) {
        if (bearer.isEmpty()) {
            door.refusals().refused("scim-no-token", PLACE, request, from);
        } else {
            door.refusals().failed(WayIn.SCIM, "scim-token", PLACE, request, from);
        }
    }

    /// Adds a client, with its first token.
    ///
    /// @param by whose order it is, for the audit log
    /// @return the token, to be shown once; empty where there is a client of this name
    public Optional<Secret> add(NewTenant tenant, Actor by) {
        Secret token = newToken();
        return database.inTransaction(
                tx -> {
                    TenantId id = new TenantId(secrets.randomId(time).toString());
                    if (!TenantStore.insert(tx, id, tenant, time.instant())) {
                        return Optional.empty();
                    }
                    TenantStore.insertToken(tx, id, TokenHash.of(token), time.instant());
                    audit.append(
                            tx,
                            new AuditEvent.ScimClientAdded(
                                    id.value(),
                                    tenant.name().value(),
                                    tenant.providerId().orElse(""),
                                    tenant.networks().stream().map(Cidr::toString).toList(),
                                    by.by()),
                            by.address());
                    return Optional.of(token);
                });
    }

    private Secret newToken() {
        Secret token = new Secret(PREFIX + secrets.randomToken().reveal());
        known.add(TokenHash.of(token));
        return token;
    }

    /// Makes a token for a client that has one. The newest of those before it stays good until
    /// [#endFormerToken]; an older one ends now, so that there are never more than two.
    ///
    /// @return empty where there is no such client
    public Optional<NewToken> rotate(String name, Actor by) {
        return rotate(name, _ -> true, by);
    }

    /// As [#rotate(String, Actor)], unless there is a newer token already. Attack: a page that is
    /// loaded anew, or a button that is pressed twice, would end the token that is in use.
    ///
    /// @param newest the number of the token that whoever asks takes for the newest
    /// @return empty where there is no such client, or it has a newer token
    public Optional<NewToken> rotate(String name, int newest, Actor by) {
        return rotate(name, number -> number == newest, by);
    }

    private Optional<NewToken> rotate(String name, IntPredicate isNewest, Actor by) {
        return database.inTransaction(
                tx ->
                        TenantStore.find(tx, name)
                                .filter(
                                        tenant ->
                                                isNewest.test(
                                                        TenantStore.newestToken(tx, tenant.id())))
                                .map(tenant -> rotate(tx, tenant, by)));
    }

    private NewToken rotate(Handle tx, Tenant tenant, Actor by) {
        Secret token = newToken();
        int ended = TenantStore.deleteAllButNewest(tx, tenant.id());
        TenantStore.insertToken(tx, tenant.id(), TokenHash.of(token), time.instant());
        audit.append(tx, rotated(tenant, true, ended, by), by.address());
        return new NewToken(token, ended > 0);
    }

    /// @param token to be shown once
    /// @param hasEndedOldest whether there were two before
    public record NewToken(Secret token, boolean hasEndedOldest) {}

    private static AuditEvent rotated(Tenant tenant, boolean isNew, int ended, Actor by) {
        return new AuditEvent.ScimTokenChanged(
                tenant.id().value(), tenant.name(), isNew, ended, by.by());
    }

    /// What became of the end of a client's former token.
    public enum Finish {
        ENDED,
        /// There was but one.
        NOTHING_TO_END,
        NO_SUCH_CLIENT
    }

    /// Ends every token of a client but the newest.
    public Finish endFormerToken(String name, Actor by) {
        return database.inTransaction(
                tx ->
                        TenantStore.find(tx, name)
                                .map(tenant -> endFormerToken(tx, tenant, by))
                                .orElse(Finish.NO_SUCH_CLIENT));
    }

    private Finish endFormerToken(Handle tx, Tenant tenant, Actor by) {
        int ended = TenantStore.deleteAllButNewest(tx, tenant.id());
        if (ended == 0) {
            return Finish.NOTHING_TO_END;
        }
        audit.append(tx, rotated(tenant, false, ended, by), by.address());
        return Finish.ENDED;
    }

    /// Takes a client and its tokens away.
    ///
    /// @param forget what takes away all that the client has sent, in the same transaction
    /// @return false where there is no such client
    public boolean remove(String name, BiConsumer<Handle, Tenant> forget, Actor by) {
        return database.inTransaction(
                tx -> {
                    Optional<Tenant> tenant = TenantStore.find(tx, name);
                    tenant.ifPresent(
                            gone -> {
                                forget.accept(tx, gone);
                                TenantStore.delete(tx, gone.id());
                                audit.append(
                                        tx,
                                        new AuditEvent.ScimClientRemoved(
                                                gone.id().value(), gone.name(), by.by()),
                                        by.address());
                            });
                    return tenant.isPresent();
                });
    }

    public Optional<Tenant> find(Handle handle, TenantId id) {
        return TenantStore.find(handle, id);
    }

    public Optional<Tenant> find(Handle handle, String name) {
        return TenantStore.find(handle, name);
    }

    /// The clients that send the people of a provider, the oldest first.
    public List<Tenant> speakingFor(Handle handle, String providerId) {
        return TenantStore.speakingFor(handle, providerId);
    }

    /// In the order of their names.
    public List<TenantSummary> list() {
        return database.read(TenantStore::list);
    }
}
