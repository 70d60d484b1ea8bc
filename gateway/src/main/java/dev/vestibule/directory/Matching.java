package dev.vestibule.directory;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.directory.Sources.Source;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Cause;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Says which account a user is that a client sends. Never by e-mail, and never somebody who is
/// another client's. Runs inside the caller's transaction.
final class Matching {

    private static final String NOT_YOURS =
            "This person has an account that is not this client's. An administrator of Vestibule"
                    + " gives it to the client: vestibule scim-client give";

    private final Sources sources;
    private final ResourceStore resources;
    private final OfferStore offers;
    private final AccountStore accounts;
    private final HomeUserStore homeUsers;
    private final AuditLog audit;

    Matching(
            Sources sources,
            ResourceStore resources,
            OfferStore offers,
            AccountStore accounts,
            HomeUserStore homeUsers,
            AuditLog audit) {
        this.sources = sources;
        this.resources = resources;
        this.offers = offers;
        this.accounts = accounts;
        this.homeUsers = homeUsers;
        this.audit = audit;
    }

    /// The account of a user who is sent for the first time: one that an administrator gave to the
    /// client, else that of the same person at the client's provider, else a new one.
    ///
    /// @throws ScimError where it is not clear who this is, or they are not the client's to have
    AccountId accountFor(Handle tx, Tenant tenant, StoredResource user, Cause cause) {
        Optional<AccountId> given =
                offers.take(tx, tenant.id(), user.name()).filter(id -> isNobodys(tx, id));
        Optional<AccountId> known = given.or(() -> signedInBefore(tx, tenant, user));
        AccountId account =
                known.orElseGet(() -> accounts.create(tx, profile(user), AccountOrigin.SCIM).id());
        link(tx, tenant, user, account, cause);
        return account;
    }

    /// Says that a user is an account, about which the client decides from now on.
    void link(Handle tx, Tenant tenant, StoredResource user, AccountId account, Cause cause) {
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
        return isCalledAnew && !accounts.identities().hasAny(tx, made)
                ? signedInBefore(tx, tenant, after).filter(own -> !own.equals(made))
                : Optional.empty();
    }

    /// The account of the same person, who came to the door before their directory sent them.
    private Optional<AccountId> signedInBefore(Handle tx, Tenant tenant, StoredResource user) {
        Optional<Source> source = sources.of(tenant);
        Optional<String> key = source.flatMap(found -> found.keyOf(user));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Set<AccountId> found =
                new LinkedHashSet<>(
                        accounts.identities()
                                .calledByDirectory(tx, source.get().issuer(), key.get()));
        subject(source.get(), key.get())
                .flatMap(subject -> accounts.identities().accountOf(tx, subject))
                .ifPresent(found::add);
        if (found.size() > 1) {
            throw ScimError.uniqueness(
                    "Several people signed in whom the provider calls so; it is not clear which of"
                            + " them this is.");
        }
        Optional<AccountId> only = found.stream().findFirst();
        if (only.filter(account -> !isFree(tx, account)).isPresent()) {
            throw ScimError.uniqueness(NOT_YOURS);
        }
        return only;
    }

    /// Whoever is matched by `sub` is known by it also where they signed in before that was
    /// configured.
    private static Optional<Subject> subject(Source source, String key) {
        boolean isSubject =
                source.config().match() == ScimConfig.Match.EXTERNAL_ID
                        && source.config().claim().equals("sub");
        return isSubject ? Optional.of(new Subject(source.issuer(), key)) : Optional.empty();
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
