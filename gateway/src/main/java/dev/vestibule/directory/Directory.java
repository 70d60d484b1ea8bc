package dev.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.Patch;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Ended;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;
import dev.vestibule.store.Work;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/// What tenants may do with their users and groups. Safe to share between threads; every method
/// waits for the database.
///
/// A change is one transaction, with all that follows from it for people: two changes come one
/// after the other, however many ask at once, and what is refused has changed nothing. What a
/// tenant names that is another tenant's is answered as what never was.
public final class Directory {

    private final InstantSource time;
    private final Secrets secrets;
    private final Database database;
    private final AuditLog audit;
    private final Consequences consequences;
    private final DirectoryLimits limits;
    private final ResourceStore resources = new ResourceStore();
    private final MemberStore members = new MemberStore();
    private final Membership membership;
    private final Searching searching;

    public Directory(
            InstantSource time,
            Secrets secrets,
            Database database,
            AuditLog audit,
            Consequences consequences,
            DirectoryLimits limits) {
        this.time = time;
        this.secrets = secrets;
        this.database = database;
        this.audit = audit;
        this.consequences = consequences;
        this.limits = limits;
        this.membership = new Membership(resources, members, limits.members());
        this.searching = new Searching(database, members);
    }

    /// What became of a resource, and what ended with it.
    private record Done(DirectoryEntry entry, Ended ended) {}

    /// @param document validated, see `Documents`
    /// @throws ScimError where another resource of the tenant has the name or the external id,
    ///   where a member does not exist, where there is too much, or where people may not be changed
    ///   so
    public DirectoryEntry create(Asking asking, ResourceKind kind, ObjectNode document) {
        return run(tx -> create(tx, asking, kind, document));
    }

    private Done create(Handle tx, Asking asking, ResourceKind kind, ObjectNode document) {
        TenantId tenant = asking.tenant().id();
        if (resources.count(tx, tenant) >= limits.resources()) {
            throw ScimError.forbidden(
                    "There are as many resources as there may be: " + limits.resources() + ".");
        }
        Instant now = momentOfBirth(tx, tenant, kind);
        StoredResource made =
                new StoredResource(
                        tenant,
                        kind,
                        secrets.randomId(time).toString(),
                        Attributes.externalId(document),
                        document,
                        1,
                        Optional.empty(),
                        now,
                        now);
        check(tx, made);
        resources.insert(tx, made);
        Ended ended =
                switch (kind) {
                    case USER ->
                            consequences.userCreated(tx, asking.tenant(), made, asking.cause());
                    case GROUP -> membersChanged(tx, asking, membership.write(tx, made));
                };
        audit.append(
                tx,
                new AuditEvent.ScimResourceCreated(
                        asking.cause().by(), StoredRows.word(kind), made.id(), made.name()),
                asking.cause().address());
        return done(tx, made, ended);
    }

    /// Later than that of every other: whoever pages through a list that grows misses nothing and
    /// gets nothing twice.
    private Instant momentOfBirth(Handle tx, TenantId tenant, ResourceKind kind) {
        Instant now = time.instant();
        return resources
                .newest(tx, tenant, kind)
                .map(newest -> newest.plusMillis(1))
                .filter(now::isBefore)
                .orElse(now);
    }

    /// Puts a document in the place of another. What is absent is gone, save for `active` and
    /// `externalId`, which nobody takes away by not mentioning them.
    ///
    /// @param expected which versions may be replaced
    /// @throws ScimError as in [#create], and where there is no such resource or version
    public DirectoryEntry replace(
            Asking asking,
            ResourceKind kind,
            String id,
            LongPredicate expected,
            ObjectNode document) {
        return change(asking, kind, id, expected, before -> Documents.replacing(before, document));
    }

    /// @throws ScimError as in [#replace], and where an operation cannot be done: then none is
    public DirectoryEntry patch(
            Asking asking, ResourceKind kind, String id, LongPredicate expected, Patch patch) {
        return change(asking, kind, id, expected, before -> patch.applyTo(id, before));
    }

    private DirectoryEntry change(
            Asking asking,
            ResourceKind kind,
            String id,
            LongPredicate expected,
            UnaryOperator<ObjectNode> change) {
        return run(
                tx -> {
                    StoredResource before = get(tx, asking, kind, id, expected);
                    ObjectNode document = change.apply(before.document());
                    return document.equals(before.document())
                            ? unchanged(tx, asking, before)
                            : changed(tx, asking, before, document);
                });
    }

    private Done unchanged(Handle tx, Asking asking, StoredResource before) {
        return done(tx, before, followed(tx, asking, before, before));
    }

    private Done changed(Handle tx, Asking asking, StoredResource before, ObjectNode document) {
        StoredResource after =
                before.changedTo(document, Attributes.externalId(document), time.instant());
        check(tx, after);
        resources.update(tx, after);
        Ended ended = followed(tx, asking, before, after);
        audit.append(
                tx,
                new AuditEvent.ScimResourceChanged(
                        asking.cause().by(),
                        StoredRows.word(after.kind()),
                        after.id(),
                        after.name()),
                asking.cause().address());
        return done(tx, after, ended);
    }

    private Ended followed(Handle tx, Asking asking, StoredResource before, StoredResource after) {
        return switch (after.kind()) {
            case USER ->
                    consequences.userChanged(tx, asking.tenant(), before, after, asking.cause());
            case GROUP ->
                    before.version() == after.version()
                            ? Ended.NONE
                            : membersChanged(tx, asking, membership.rewrite(tx, before, after));
        };
    }

    /// @throws ScimError where there is no such resource or version, or people may not be changed
    ///   so
    public void delete(Asking asking, ResourceKind kind, String id, LongPredicate expected) {
        database.inTransaction(
                tx -> delete(tx, asking, get(tx, asking, kind, id, expected)), Ended::cut);
    }

    private Ended delete(Handle tx, Asking asking, StoredResource gone) {
        Set<String> users = membership.leaveAll(tx, gone);
        Ended ended =
                switch (gone.kind()) {
                    case USER ->
                            consequences.userDeleted(tx, asking.tenant(), gone, asking.cause());
                    case GROUP -> membersChanged(tx, asking, users);
                };
        resources.delete(tx, gone);
        audit.append(
                tx,
                new AuditEvent.ScimResourceDeleted(
                        asking.cause().by(), StoredRows.word(gone.kind()), gone.id(), gone.name()),
                asking.cause().address());
        return ended;
    }

    private Ended membersChanged(Handle tx, Asking asking, Set<String> users) {
        return users.isEmpty()
                ? Ended.NONE
                : consequences.membersChanged(tx, asking.tenant(), users, asking.cause());
    }

    private StoredResource get(
            Handle tx, Asking asking, ResourceKind kind, String id, LongPredicate expected) {
        StoredResource found =
                resources
                        .find(tx, asking.tenant().id(), kind, id)
                        .orElseThrow(() -> ScimError.notFound("There is no such resource."));
        if (!expected.test(found.version())) {
            throw ScimError.preconditionFailed("The resource has changed meanwhile.");
        }
        return found;
    }

    /// RFC 7644 section 3.3 and RFC 7643 section 3.1: userName and externalId are one resource's.
    /// Group names too, since Entra and authentik find groups by them.
    private void check(Handle tx, StoredResource wanted) {
        if (Documents.text(wanted.document()).length() > limits.documentChars()) {
            throw ScimError.tooLarge("The resource would be too large.");
        }
        requireSame(wanted, resources.idOfName(tx, wanted), nameOf(wanted.kind()));
        requireSame(wanted, resources.idOfExternalId(tx, wanted), "externalId");
    }

    private static String nameOf(ResourceKind kind) {
        return switch (kind) {
            case USER -> "userName";
            case GROUP -> "displayName";
        };
    }

    private static void requireSame(
            StoredResource wanted, Optional<String> owner, String attribute) {
        if (owner.isPresent() && !owner.get().equals(wanted.id())) {
            throw ScimError.uniqueness("Another resource has this " + attribute + ".");
        }
    }

    private Done done(Handle tx, StoredResource resource, Ended ended) {
        return new Done(DirectoryEntry.of(tx, members, resource), ended);
    }

    private DirectoryEntry run(Work<Done> work) {
        return database.inTransaction(work, done -> done.ended().cut()).entry();
    }

    public Optional<DirectoryEntry> find(TenantId tenant, ResourceKind kind, String id) {
        return database.read(
                handle ->
                        resources
                                .find(handle, tenant, kind, id)
                                .map(resource -> DirectoryEntry.of(handle, members, resource)));
    }

    /// Finds resources that match, and shows those of the page.
    ///
    /// @param window which of them are on the page; counts all
    public void search(TenantId tenant, Search search, Window window) {
        searching.search(tenant, search, window);
    }
}
