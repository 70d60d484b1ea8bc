package dev.vestibule.directory;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.store.Database;
import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.Tenants;

import org.jdbi.v3.core.Handle;

import java.time.InstantSource;
import java.util.Optional;

/// Gives people to SCIM clients on an administrator's word, whoever they are: the owner of the
/// house and people who were there before are not a client's otherwise. Safe to share between
/// threads.
public final class Giving {

    private final InstantSource time;
    private final Database database;
    private final Tenants tenants;
    private final AccountStore accounts;
    private final ResourceStore resources;
    private final OfferStore offers;
    private final People people;
    private final AuditLog audit;

    public Giving(
            InstantSource time,
            Database database,
            Tenants tenants,
            AccountStore accounts,
            DirectoryPeople directory,
            AuditLog audit) {
        this.time = time;
        this.database = database;
        this.tenants = tenants;
        this.accounts = accounts;
        this.resources = directory.resources();
        this.offers = directory.offers();
        this.people = directory.people();
        this.audit = audit;
    }

    private record Done(GiveResult result, Ended ended) {

        static Done only(GiveResult result) {
            return new Done(result, Ended.NONE);
        }
    }

    public GiveResult give(String client, AccountId account, Cause cause) {
        return database.inTransaction(
                        tx -> give(tx, client, account, cause), done -> done.ended().cut())
                .result();
    }

    private Done give(Handle tx, String client, AccountId id, Cause cause) {
        Optional<Tenant> tenant = tenants.find(tx, client);
        Optional<Account> account = accounts.find(tx, id).filter(Account::isHere);
        if (tenant.isEmpty()) {
            return Done.only(new GiveResult.NoSuchClient());
        }
        if (account.isEmpty()) {
            return Done.only(new GiveResult.NoSuchAccount());
        }
        Optional<Tenant> before =
                resources.userOfAccount(tx, id).flatMap(user -> tenants.find(tx, user.tenant()));
        if (before.isPresent()) {
            return Done.only(new GiveResult.HasClient(before.get().name()));
        }
        Done done = give(tx, tenant.get(), account.get(), cause);
        boolean isGiven =
                done.result() instanceof GiveResult.Given
                        || done.result() instanceof GiveResult.Waiting;
        if (isGiven) {
            audit.append(
                    tx,
                    new AuditEvent.ScimPersonGiven(
                            id.value(), tenant.get().id().value(), cause.by()),
                    cause.address());
        }
        return done;
    }

    private Done give(Handle tx, Tenant tenant, Account account, Cause cause) {
        String name = account.username();
        Optional<StoredResource> sent =
                resources.findByName(tx, tenant.id(), ResourceKind.USER, name);
        if (sent.isEmpty()) {
            return Done.only(
                    offers.put(tx, tenant.id(), name, account.id(), time.instant())
                            ? new GiveResult.Waiting(name)
                            : new GiveResult.NameTaken(name));
        }
        boolean isSomebody =
                sent.get()
                        .account()
                        .filter(other -> accounts.identities().hasAny(tx, other))
                        .isPresent();
        return isSomebody
                ? Done.only(new GiveResult.NameTaken(name))
                : new Done(
                        new GiveResult.Given(name),
                        people.join(tx, tenant, sent.get(), account.id(), cause));
    }
}
