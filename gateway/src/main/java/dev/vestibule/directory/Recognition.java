package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.directory.Sources.Source;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.store.WhenCommitted;
import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.Tenants;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.Set;

/// What SCIM clients have to do with a sign-in: whether they sent the person, and whose groups
/// count. Safe to share between threads; every method runs inside the caller's transaction.
public final class Recognition {

    private static final Logger LOG = LoggerFactory.getLogger(Recognition.class);

    private final Sources sources;
    private final Tenants tenants;
    private final ResourceStore resources;
    private final Tombstones tombstones;
    private final AccountStore accounts;
    private final Matching matching;
    private final DirectoryRoles roles;
    private final People people;

    Recognition(
            Sources sources,
            Tenants tenants,
            ResourceStore resources,
            Tombstones tombstones,
            AccountStore accounts,
            Matching matching,
            DirectoryRoles roles,
            People people) {
        this.sources = sources;
        this.tenants = tenants;
        this.resources = resources;
        this.tombstones = tombstones;
        this.accounts = accounts;
        this.matching = matching;
        this.roles = roles;
        this.people = people;
    }

    /// Finds out whether somebody who just proved who they are was sent by a client of their
    /// provider; then they are that person from now on. A link that was made once stays, whatever
    /// the person or the client is called later.
    ///
    /// @param claim the value of the claim that people are matched by; empty where there is none
    public Ended recognise(Handle tx, Subject subject, String claim, Cause cause) {
        Ended ended = Ended.NONE;
        if (claim.isEmpty()) {
            return ended;
        }
        for (Source source : sources.at(subject.issuer())) {
            String key = source.keyOf(claim);
            for (Tenant tenant : tenants.speakingFor(tx, source.providerId())) {
                Optional<StoredResource> user = userCalled(tx, tenant, source, key);
                if (user.isPresent()) {
                    ended = ended.and(tryMeet(tx, tenant, user.get(), subject, cause));
                }
            }
            recogniseDeleted(tx, source, subject, key);
        }
        return ended;
    }

    /// Notes what the directory calls somebody who has an account by now, so that they are known
    /// when a client sends them later.
    ///
    /// @param claim as in [#recognise]
    public void remember(Handle tx, Subject subject, String claim) {
        if (!claim.isEmpty()) {
            sources.at(subject.issuer())
                    .forEach(
                            source ->
                                    accounts.identities()
                                            .noteDirectoryKey(tx, subject, source.keyOf(claim)));
        }
    }

    /// Whom a client deleted before they ever came stays out when they come.
    private void recogniseDeleted(Handle tx, Source source, Subject subject, String key) {
        if (accounts.identities().accountOf(tx, subject).isEmpty()) {
            tombstones
                    .find(tx, source.issuer(), key)
                    .filter(
                            account ->
                                    !accounts.identities().hasAnyAt(tx, account, subject.issuer()))
                    .ifPresent(account -> accounts.identities().link(tx, subject, account));
        }
    }

    /// What cannot be brought together now, such as the last administrator, stays apart: nobody is
    /// kept from signing in by that.
    private Ended tryMeet(
            Handle tx, Tenant tenant, StoredResource user, Subject subject, Cause cause) {
        try {
            return WhenCommitted.attempt(tx, () -> meet(tx, tenant, user, subject, cause));
        } catch (ScimError refused) {
            WhenCommitted.run(
                    tx,
                    () -> LOG.warn("event=scim-person-not-joined reason=\"{}\"", refused.detail()));
            return notLinked(tx, tenant, user);
        }
    }

    private Optional<StoredResource> userCalled(
            Handle tx, Tenant tenant, Source source, String key) {
        return switch (source.config().match()) {
            case EXTERNAL_ID -> resources.findByExternalId(tx, tenant.id(), ResourceKind.USER, key);
            case USER_NAME -> resources.findByName(tx, tenant.id(), ResourceKind.USER, key);
        };
    }

    private Ended meet(
            Handle tx, Tenant tenant, StoredResource user, Subject subject, Cause cause) {
        Optional<AccountId> sent = user.account();
        Optional<AccountId> own = accounts.identities().accountOf(tx, subject);
        if (sent.isPresent() && sent.equals(own)) {
            return Ended.NONE;
        }
        if (sent.isEmpty()) {
            return own.filter(account -> !matching.isFree(tx, account)).isPresent()
                    ? notLinked(tx, tenant, user)
                    : begin(tx, tenant, user, subject, cause);
        }
        if (accounts.identities().hasAnyAt(tx, sent.get(), subject.issuer())) {
            return notLinked(tx, tenant, user);
        }
        if (own.isEmpty()) {
            accounts.identities().link(tx, subject, sent.get());
            return Ended.NONE;
        }
        if (matching.isDeleted(tx, own.get())) {
            Ended ended = matching.remove(tx, own.get(), cause);
            accounts.identities().link(tx, subject, sent.get());
            return ended;
        }
        return matching.isFree(tx, own.get()) && matching.isPlaceholder(tx, sent.get())
                ? people.join(tx, tenant, user, own.get(), cause)
                : notLinked(tx, tenant, user);
    }

    /// An operator had removed who the user was before: whoever comes now is somebody new.
    private Ended begin(
            Handle tx, Tenant tenant, StoredResource user, Subject subject, Cause cause) {
        Ended ended = people.userCreated(tx, tenant, user, cause);
        if (accounts.identities().accountOf(tx, subject).isEmpty()) {
            AccountId made =
                    resources
                            .find(tx, tenant.id(), ResourceKind.USER, user.id())
                            .flatMap(StoredResource::account)
                            .orElseThrow();
            accounts.identities().link(tx, subject, made);
        }
        return ended;
    }

    /// Attack: a name that was somebody else's before, or that its person chose.
    private static Ended notLinked(Handle tx, Tenant tenant, StoredResource user) {
        WhenCommitted.run(
                tx,
                () ->
                        LOG.warn(
                                "event=scim-person-not-linked client={} user={}",
                                tenant.name(),
                                user.id()));
        return Ended.NONE;
    }

    /// Whether somebody may sign in at all, where only people may whom a client sent.
    ///
    /// @param account empty for somebody who was never here
    public boolean isWelcome(Handle tx, Issuer issuer, Optional<AccountId> account) {
        boolean isAnybody =
                sources.at(issuer).stream()
                        .map(Source::config)
                        .allMatch(config -> config.people() == ScimConfig.People.ANYBODY);
        return isAnybody
                || account.flatMap(id -> clientOf(tx, id))
                        .flatMap(sources::of)
                        .filter(source -> source.issuer().equals(issuer))
                        .isPresent();
    }

    /// What a provider calls somebody whom one of its clients sent, by the attribute that people
    /// are matched by; empty where none sent them, or not with that attribute.
    public Optional<String> keyOf(Handle handle, AccountId account, Issuer issuer) {
        Optional<StoredResource> user = resources.userOfAccount(handle, account);
        return user.flatMap(found -> tenants.find(handle, found.tenant()))
                .flatMap(tenant -> sources.called(tenant, user.orElseThrow()))
                .filter(called -> called.issuer().equals(issuer))
                .map(Sources.Called::key);
    }

    private Optional<Tenant> clientOf(Handle tx, AccountId account) {
        return resources
                .userOfAccount(tx, account)
                .flatMap(user -> tenants.find(tx, user.tenant()));
    }

    /// The groups that give a person their roles.
    ///
    /// @param said what the provider says about them now
    public Set<String> groupsOf(Handle tx, AccountId account, Set<String> said) {
        return sentGroupsOf(tx, account).orElse(said);
    }

    /// Whether the groups of a client decide about a person, and have not come yet. Whoever is
    /// taken out of the last of them has no role from that moment on: a role that is there
    /// nevertheless is one that they had before they were sent.
    public boolean isWaitingForGroups(Handle tx, AccountId account) {
        return sentGroupsOf(tx, account).filter(Set::isEmpty).isPresent();
    }

    /// The display names of the groups that a client sent a person in, which decide about their
    /// roles; empty where no client's groups decide.
    public Optional<Set<String>> sentGroupsOf(Handle tx, AccountId account) {
        Optional<StoredResource> user = resources.userOfAccount(tx, account);
        return user.flatMap(found -> tenants.find(tx, found.tenant()))
                .filter(roles::areSentBy)
                .map(tenant -> resources.groupNamesOf(tx, tenant.id(), user.get().id()));
    }
}
