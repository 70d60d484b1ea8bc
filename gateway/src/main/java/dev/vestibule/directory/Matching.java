package dev.vestibule.directory;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.directory.Sources.Called;
import dev.vestibule.directory.Sources.Source;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.AccountLifecycle.Decision;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Says which account a user is that a client sends. Never by e-mail, and never somebody who is
/// another client's. Runs inside the caller's transaction.
final class Matching {

    private static final String NOT_YOURS =
            "This person has an account that is not this client's. An administrator of Vestibule"
                    + " gives it to the client: vestibule scim-client give";

    /// How long after a sign-in a user name is believed to be the same person's.
    private static final Duration NAME_KEPT_FOR = Duration.ofDays(7);

    private final InstantSource time;
    private final Sources sources;
    private final ResourceStore resources;
    private final OfferStore offers;
    private final Tombstones tombstones;
    private final AccountStore accounts;
    private final AccountLifecycle lifecycle;
    private final HomeUserStore homeUsers;
    private final AuditLog audit;

    Matching(
            InstantSource time,
            Sources sources,
            ResourceStore resources,
            OfferStore offers,
            Tombstones tombstones,
            AccountStore accounts,
            AccountLifecycle lifecycle,
            HomeUserStore homeUsers,
            AuditLog audit) {
        this.time = time;
        this.sources = sources;
        this.resources = resources;
        this.offers = offers;
        this.tombstones = tombstones;
        this.accounts = accounts;
        this.lifecycle = lifecycle;
        this.homeUsers = homeUsers;
        this.audit = audit;
    }

    /// Who a user is.
    ///
    /// @param ended what that ended
    record Match(AccountId account, Ended ended) {}

    /// The account of a user who is sent for the first time: one that an administrator gave to the
    /// client, else that of the same person at the client's provider, else a new one.
    ///
    /// @throws ScimError where it is not clear who this is, or they are not the client's to have
    Match accountFor(Handle tx, Tenant tenant, StoredResource user, Cause cause) {
        Set<AccountId> candidates = candidates(tx, tenant, user);
        Ended ended = removeDeleted(tx, candidates, cause);
        Optional<AccountId> given =
                offers.take(tx, tenant.id(), user.name()).filter(id -> isNobodys(tx, id));
        Optional<AccountId> known = given.or(() -> only(tx, tenant, candidates));
        AccountId account =
                known.orElseGet(() -> accounts.create(tx, profile(user), AccountOrigin.SCIM).id());
        link(tx, tenant, user, account, cause);
        return new Match(account, ended);
    }

    /// Whom a client sends again after it had deleted them is somebody new, who inherits nothing:
    /// what was kept so that they stay out goes away now, also from the candidates.
    private Ended removeDeleted(Handle tx, Set<AccountId> candidates, Cause cause) {
        List<AccountId> deleted =
                candidates.stream().filter(account -> isDeleted(tx, account)).toList();
        Ended ended = Ended.NONE;
        for (AccountId account : deleted) {
            ended = ended.and(remove(tx, account, cause));
            candidates.remove(account);
        }
        return ended;
    }

    /// Removes an account for good.
    ///
    /// @throws ScimError where it is the last administrator's
    Ended remove(Handle tx, AccountId account, Cause cause) {
        Decision<RemoveResult> decision = lifecycle.remove(tx, account, cause);
        return switch (decision.result()) {
            case RemoveResult.Removed _, RemoveResult.NoSuchAccount _ -> decision.ended();
            case RemoveResult.LastAdministrator(var home) ->
                    throw Departures.lastAdministrator(home);
        };
    }

    /// Whether a client had deleted somebody who did not come back, and whom no operator gave to a
    /// client since: that is to keep who they are. Whom an operator suspended too is kept, so that
    /// they do not come back as somebody new. Whom a client only switched off that was removed then
    /// is nobody's, and was never deleted.
    boolean isDeleted(Handle tx, AccountId account) {
        Set<SuspendedBy> words = accounts.suspendedBy(tx, account);
        return isNobodys(tx, account)
                && tombstones.isMarked(tx, account)
                && !offers.isOffered(tx, account)
                && words.contains(SuspendedBy.SCIM)
                && !words.contains(SuspendedBy.OPERATOR);
    }

    /// Who is to stay out where a client deletes a user who is nobody here, since an operator had
    /// removed them: whom their provider calls so, else an account that stands for whoever comes.
    /// Empty where it is not known what the provider calls them, or not clear who that is.
    Optional<AccountId> whoIsDeleted(Handle tx, Tenant tenant, StoredResource user) {
        if (sources.called(tenant, user).isEmpty()) {
            return Optional.empty();
        }
        Set<AccountId> found = candidates(tx, tenant, user);
        if (found.isEmpty()) {
            return Optional.of(accounts.create(tx, profile(user), AccountOrigin.SCIM).id());
        }
        return found.size() == 1
                ? found.stream().filter(one -> isTheirs(tx, tenant, one)).findFirst()
                : Optional.empty();
    }

    /// Keeps in mind whom a client deletes, so that they stay out however they come.
    void bury(Handle tx, Tenant tenant, StoredResource user, AccountId account) {
        tombstones.mark(tx, account);
        sources.called(tenant, user)
                .ifPresent(
                        called ->
                                tombstones.put(
                                        tx,
                                        called.issuer(),
                                        called.key(),
                                        account,
                                        time.instant()));
    }

    /// Says that a user is an account, about which the client decides from now on.
    void link(Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
        tombstones.forget(tx, account);
        offers.withdraw(tx, account);
        accounts.giveToDirectory(tx, account);
        accounts.rename(tx, account, profile(user));
        resources.linkAccount(tx, tenant.id(), user.id(), account);
        audit.append(
                tx,
                new AuditEvent.ScimPersonLinked(
                        account.value(), tenant.id().value(), user.id(), cause.by()),
                cause.address());
    }

    /// The account that a user's person has already, where they are recognised only now: by what
    /// the client calls them now, or did not say before.
    ///
    /// @param made the account that was made for the user
    /// @throws ScimError as [#accountFor]
    Optional<AccountId> ownAccount(
            Handle tx, Tenant tenant, StoredResource before, StoredResource after, AccountId made) {
        boolean isCalledAnew =
                sources.of(tenant)
                        .filter(source -> !source.keyOf(before).equals(source.keyOf(after)))
                        .isPresent();
        return isCalledAnew && isPlaceholder(tx, made)
                ? only(tx, tenant, candidates(tx, tenant, after)).filter(own -> !own.equals(made))
                : Optional.empty();
    }

    /// Notes by which name the client calls somebody from now on who signed in under another.
    void rename(Handle tx, Tenant tenant, StoredResource user, AccountId account) {
        sources.called(tenant, user)
                .ifPresent(
                        called ->
                                accounts.identities()
                                        .renameDirectoryKey(
                                                tx, account, called.issuer(), called.key()));
    }

    /// Whether an account stands for a user of whom nobody knows yet who they are: nobody signs in
    /// as it, and nobody was there before it.
    boolean isPlaceholder(Handle tx, AccountId account) {
        return !accounts.identities().hasAny(tx, account)
                && !homeUsers.hasAttachedAnywhere(tx, account);
    }

    /// Everybody whom the client's provider calls as the user is called.
    private Set<AccountId> candidates(Handle tx, Tenant tenant, StoredResource user) {
        Set<AccountId> found = new LinkedHashSet<>();
        Optional<Called> called = sources.called(tenant, user);
        if (called.isPresent()) {
            Issuer issuer = called.get().issuer();
            String key = called.get().key();
            found.addAll(accounts.identities().calledByDirectory(tx, issuer, key));
            if (isMatchedBySubject(tenant)) {
                accounts.identities().accountOf(tx, new Subject(issuer, key)).ifPresent(found::add);
            }
            tombstones.find(tx, issuer, key).ifPresent(found::add);
        }
        return found;
    }

    /// Attack: a user name that somebody had before, and somebody else has now. Whoever did not
    /// sign in under it lately is not known by it any more.
    private boolean isStale(Handle tx, Tenant tenant, AccountId account) {
        return sources.of(tenant)
                .filter(source -> source.config().match() == ScimConfig.Match.USER_NAME)
                .filter(
                        source ->
                                accounts.identities()
                                        .lastSeenAt(tx, account, source.issuer())
                                        .filter(
                                                seen ->
                                                        seen.isBefore(
                                                                time.instant()
                                                                        .minus(NAME_KEPT_FOR)))
                                        .isPresent())
                .isPresent();
    }

    /// The account of the same person, who came to the door before their directory sent them.
    private Optional<AccountId> only(Handle tx, Tenant tenant, Set<AccountId> found) {
        if (found.size() > 1) {
            throw ScimError.uniqueness(
                    "Several people signed in whom the provider calls so; it is not clear which of"
                            + " them this is.");
        }
        Optional<AccountId> only = found.stream().findFirst();
        if (only.filter(account -> !isTheirs(tx, tenant, account)).isPresent()) {
            throw ScimError.uniqueness(NOT_YOURS);
        }
        return only;
    }

    /// Whether a client may have somebody whom its provider calls as a user of its is called.
    private boolean isTheirs(Handle tx, Tenant tenant, AccountId account) {
        return isFree(tx, account) && !isStale(tx, tenant, account);
    }

    /// Whoever is matched by `sub` is known by it also where they signed in before that was
    /// configured.
    private boolean isMatchedBySubject(Tenant tenant) {
        return sources.of(tenant)
                .map(Source::config)
                .filter(config -> config.match() == ScimConfig.Match.EXTERNAL_ID)
                .filter(config -> config.claim().equals("sub"))
                .isPresent();
    }

    /// Whether an account may become a client's without an administrator: it is no client's yet,
    /// and its user at no home is older than the gateway, as the owner's is.
    boolean isFree(Handle tx, AccountId account) {
        return isNobodys(tx, account) && !homeUsers.hasAttachedAnywhere(tx, account);
    }

    private boolean isNobodys(Handle tx, AccountId account) {
        return accounts.find(tx, account).filter(Account::isHere).isPresent()
                && resources.userOfAccount(tx, account).isEmpty();
    }

    static Profile profile(StoredResource user) {
        String displayName = user.document().path("displayName").asText();
        String formatted = user.document().path("name").path("formatted").asText();
        String given = user.document().path("name").path("givenName").asText();
        String family = user.document().path("name").path("familyName").asText();
        String whole = (given + " " + family).strip();
        String name =
                Stream.of(displayName, formatted, whole)
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(user.name());
        return new Profile(user.name(), name);
    }
}
