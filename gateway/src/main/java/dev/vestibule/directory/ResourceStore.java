package dev.vestibule.directory;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.resource.CaseFold;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Owns the table `scim_resource`. Nothing here is found without its tenant, save by the account
/// that a user is. Safe to share between threads.
public final class ResourceStore {

    private static final String SELECT =
            """
            SELECT tenant_id, kind, id, external_id, document, version, account_id,
                   created_at, updated_at
              FROM scim_resource
            """;

    private final MemberStore members = new MemberStore();

    /// Finds a resource by our id of it, which is compared exactly.
    public Optional<StoredResource> find(
            Handle handle, TenantId tenant, ResourceKind kind, String id) {
        return of(handle, tenant, kind, "id = :value")
                .bind("value", id)
                .map(StoredRows::resource)
                .findOne();
    }

    /// Finds a resource by the tenant's own id of it, which is compared exactly.
    public Optional<StoredResource> findByExternalId(
            Handle handle, TenantId tenant, ResourceKind kind, String externalId) {
        return of(handle, tenant, kind, "external_id = :value")
                .bind("value", externalId)
                .map(StoredRows::resource)
                .findOne();
    }

    /// Finds a user by userName, or a group by displayName, in any case of its letters.
    public Optional<StoredResource> findByName(
            Handle handle, TenantId tenant, ResourceKind kind, String name) {
        return of(handle, tenant, kind, "name_key = :value")
                .bind("value", CaseFold.of(name))
                .map(StoredRows::resource)
                .findOne();
    }

    private static Query of(Handle handle, TenantId tenant, ResourceKind kind, String condition) {
        return handle.createQuery(
                        SELECT + " WHERE tenant_id = :tenant AND kind = :kind AND " + condition)
                .bind("tenant", tenant.value())
                .bind("kind", StoredRows.word(kind));
    }

    /// Finds several users; who is none is left out.
    List<StoredResource> findUsers(Handle handle, TenantId tenant, Collection<String> ids) {
        List<StoredResource> found = new ArrayList<>();
        MemberStore.forEach(
                handle,
                tenant,
                ids,
                """
                WITH wanted(id) AS (VALUES <ids>)
                SELECT r.tenant_id, r.kind, r.id, r.external_id, r.document, r.version,
                       r.account_id, r.created_at, r.updated_at
                  FROM wanted w CROSS JOIN scim_resource r
                 WHERE r.tenant_id = :tenant AND r.id = w.id AND r.kind = 'user'
                """,
                row -> found.add(StoredRows.read(row)));
        return found;
    }

    /// The people that several users are, as far as it is known.
    Set<AccountId> accountsOf(Handle handle, TenantId tenant, Collection<String> users) {
        Set<AccountId> found = new HashSet<>();
        MemberStore.forEach(
                handle,
                tenant,
                users,
                """
                WITH wanted(id) AS (VALUES <ids>)
                SELECT r.account_id FROM wanted w CROSS JOIN scim_resource r
                 WHERE r.tenant_id = :tenant AND r.id = w.id AND r.account_id IS NOT NULL
                """,
                row -> found.add(new AccountId(row.getString("account_id"))));
        return found;
    }

    /// The user that an account is, whichever tenant it belongs to.
    public Optional<StoredResource> userOfAccount(Handle handle, AccountId account) {
        return handle.createQuery(SELECT + " WHERE account_id = :account")
                .bind("account", account.value())
                .map(StoredRows::resource)
                .findOne();
    }

    /// Says which person a user is. An account is one user's at most. No change that the tenant
    /// sees.
    public void linkAccount(Handle tx, TenantId tenant, String userId, AccountId account) {
        tx.createUpdate(
                        """
                        UPDATE scim_resource SET account_id = :account
                         WHERE tenant_id = :tenant AND id = :id AND kind = 'user'
                        """)
                .bind("account", account.value())
                .bind("tenant", tenant.value())
                .bind("id", userId)
                .execute();
    }

    /// Forgets all that a tenant has sent. The people stay, and are nobody's.
    void deleteAllOf(Handle tx, TenantId tenant) {
        members.deleteAllOf(tx, tenant);
        tx.createUpdate("DELETE FROM scim_resource WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }

    /// Parts a user from an account that is removed for good: whoever they turn out to be next is
    /// somebody new.
    void unlink(Handle tx, AccountId account) {
        tx.createUpdate("UPDATE scim_resource SET account_id = NULL WHERE account_id = :account")
                .bind("account", account.value())
                .execute();
    }

    /// How many people of a tenant may come in at these homes, of those whom it had sent by a
    /// moment; of all, where it had sent nobody by then. Looks at those with a role, since they are
    /// few where a tenant sends everybody whom it knows.
    ///
    /// Attack: whoever has a tenant's token adds a hundred people, so that the ten who were there
    /// are few among them.
    int countWithAccess(Handle handle, TenantId tenant, Set<HomeId> homes, Instant sentBy) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*)
                          FROM (SELECT DISTINCT account_id FROM role
                                 WHERE home_id IN (<homes>)) r
                         CROSS JOIN account a
                         CROSS JOIN scim_resource s
                         WHERE a.id = r.account_id AND a.state = 'active'
                           AND s.account_id = a.id AND s.tenant_id = :tenant
                           AND (s.created_at <= :sent
                                OR NOT EXISTS (SELECT 1 FROM scim_resource o
                                                WHERE o.tenant_id = :tenant AND o.kind = 'user'
                                                  AND o.created_at <= :sent
                                                  AND o.account_id IS NOT NULL))
                        """)
                .bind("tenant", tenant.value())
                .bind("sent", sentBy.toEpochMilli())
                .bindList("homes", homes.stream().map(HomeId::value).toList())
                .mapTo(Integer.class)
                .one();
    }

    /// The display names, as they were sent, of all groups that a user is in; groups in groups
    /// count.
    public Set<String> groupNamesOf(Handle handle, TenantId tenant, String userId) {
        return belongingsOf(handle, tenant, Set.of(userId)).namesOf(userId);
    }

    /// In which groups several users are.
    Belongings belongingsOf(Handle handle, TenantId tenant, Collection<String> users) {
        return Belongings.of(handle, members, tenant, users);
    }

    int count(Handle handle, TenantId tenant) {
        return handle.createQuery("SELECT COUNT(*) FROM scim_resource WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(Integer.class)
                .one();
    }

    /// When the newest resource of a kind was made; empty where there is none.
    Optional<Instant> newest(Handle handle, TenantId tenant, ResourceKind kind) {
        return handle.createQuery(
                        """
                        SELECT MAX(created_at) FROM scim_resource
                         WHERE tenant_id = :tenant AND kind = :kind
                        """)
                .bind("tenant", tenant.value())
                .bind("kind", StoredRows.word(kind))
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /// Whose the name is that a resource is to have.
    Optional<String> idOfName(Handle handle, StoredResource wanted) {
        return idOf(handle, wanted, "name_key = :value", CaseFold.of(wanted.name()));
    }

    /// Whose the external id is that a resource is to have.
    Optional<String> idOfExternalId(Handle handle, StoredResource wanted) {
        return wanted.externalId()
                .flatMap(external -> idOf(handle, wanted, "external_id = :value", external));
    }

    private static Optional<String> idOf(
            Handle handle, StoredResource wanted, String condition, String value) {
        return handle.createQuery(
                        """
                        SELECT id FROM scim_resource
                         WHERE tenant_id = :tenant AND kind = :kind AND
                        """
                                + condition)
                .bind("tenant", wanted.tenant().value())
                .bind("kind", StoredRows.word(wanted.kind()))
                .bind("value", value)
                .mapTo(String.class)
                .findOne();
    }

    void insert(Handle tx, StoredResource made) {
        tx.createUpdate(
                        """
                        INSERT INTO scim_resource
                               (tenant_id, id, kind, external_id, name, name_key, document,
                                version, created_at, updated_at)
                        VALUES (:tenant, :id, :kind, :external, :name, :key, :document,
                                :version, :created, :updated)
                        """)
                .bind("tenant", made.tenant().value())
                .bind("id", made.id())
                .bind("kind", StoredRows.word(made.kind()))
                .bind("external", made.externalId().orElse(null))
                .bind("name", made.name())
                .bind("key", CaseFold.of(made.name()))
                .bind("document", Documents.text(made.document()))
                .bind("version", made.version())
                .bind("created", made.createdAt().toEpochMilli())
                .bind("updated", made.updatedAt().toEpochMilli())
                .execute();
    }

    void update(Handle tx, StoredResource changed) {
        tx.createUpdate(
                        """
                        UPDATE scim_resource
                           SET external_id = :external, name = :name, name_key = :key,
                               document = :document, version = :version, updated_at = :updated
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("external", changed.externalId().orElse(null))
                .bind("name", changed.name())
                .bind("key", CaseFold.of(changed.name()))
                .bind("document", Documents.text(changed.document()))
                .bind("version", changed.version())
                .bind("updated", changed.updatedAt().toEpochMilli())
                .bind("tenant", changed.tenant().value())
                .bind("id", changed.id())
                .execute();
    }

    void delete(Handle tx, StoredResource gone) {
        tx.createUpdate("DELETE FROM scim_resource WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", gone.tenant().value())
                .bind("id", gone.id())
                .execute();
    }
}
