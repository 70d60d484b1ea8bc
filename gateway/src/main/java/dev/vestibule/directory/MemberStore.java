package dev.vestibule.directory;

import dev.vestibule.resource.ResourceKind;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Owns the table `scim_member`. Groups may be in groups, in circles too: each is walked through
/// once. Safe to share between threads.
final class MemberStore {

    /// SQLite takes 32,766 values in one statement, and a short statement is prepared sooner.
    private static final int VALUES_MAX = 500;

    /// The groups that a resource is a direct member of.
    List<String> groupsWith(Handle handle, TenantId tenant, String memberId) {
        return handle.createQuery(
                        """
                        SELECT group_id FROM scim_member
                         WHERE tenant_id = :tenant AND member_id = :member
                         ORDER BY group_id
                        """)
                .bind("tenant", tenant.value())
                .bind("member", memberId)
                .mapTo(String.class)
                .list();
    }

    /// All groups that a resource is in, and whether itself or by way of another group.
    List<Belonging> belongingsOf(Handle handle, TenantId tenant, String memberId) {
        return handle.createQuery(
                        """
                        WITH RECURSIVE above(id) AS (
                            SELECT group_id FROM scim_member
                             WHERE tenant_id = :tenant AND member_id = :member
                             UNION
                            SELECT m.group_id FROM scim_member m
                              JOIN above a ON m.member_id = a.id
                             WHERE m.tenant_id = :tenant)
                        SELECT r.id, r.name,
                               EXISTS (SELECT 1 FROM scim_member d
                                        WHERE d.tenant_id = :tenant AND d.group_id = r.id
                                          AND d.member_id = :member) AS is_direct
                          FROM above a
                          JOIN scim_resource r ON r.tenant_id = :tenant AND r.id = a.id
                         ORDER BY r.created_at, r.id
                        """)
                .bind("tenant", tenant.value())
                .bind("member", memberId)
                .map(
                        (row, _) ->
                                new Belonging(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getBoolean("is_direct")))
                .list();
    }

    /// A resource with the groups that it is in.
    DirectoryEntry entry(Handle handle, StoredResource resource) {
        return switch (resource.kind()) {
            case USER ->
                    new DirectoryEntry(
                            resource, belongingsOf(handle, resource.tenant(), resource.id()));
            case GROUP -> new DirectoryEntry(resource, List.of());
        };
    }

    Set<String> groupNamesOf(Handle handle, TenantId tenant, String memberId) {
        Set<String> names = new TreeSet<>();
        belongingsOf(handle, tenant, memberId).forEach(group -> names.add(group.displayName()));
        return names;
    }

    /// The users who are in the group or in a group that is in it.
    Set<String> usersUnder(Handle handle, TenantId tenant, String groupId) {
        return Set.copyOf(
                handle.createQuery(
                                """
                                WITH RECURSIVE below(id) AS (
                                    SELECT member_id FROM scim_member
                                     WHERE tenant_id = :tenant AND group_id = :group
                                     UNION
                                    SELECT m.member_id FROM scim_member m
                                      JOIN below b ON m.group_id = b.id
                                     WHERE m.tenant_id = :tenant)
                                SELECT r.id FROM below b
                                  JOIN scim_resource r ON r.tenant_id = :tenant AND r.id = b.id
                                 WHERE r.kind = 'user'
                                """)
                        .bind("tenant", tenant.value())
                        .bind("group", groupId)
                        .mapTo(String.class)
                        .list());
    }

    /// What each of these ids is in this tenant; others are left out, whosever they are.
    Map<String, ResourceKind> kindsOf(Handle handle, TenantId tenant, Collection<String> ids) {
        Map<String, ResourceKind> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += VALUES_MAX) {
            handle.createQuery(
                            """
                            SELECT id, kind FROM scim_resource
                             WHERE tenant_id = :tenant AND id IN (<ids>)
                            """)
                    .bind("tenant", tenant.value())
                    .bindList("ids", all.subList(from, Math.min(all.size(), from + VALUES_MAX)))
                    .map((row, _) -> Map.entry(row.getString("id"), row.getString("kind")))
                    .forEach(row -> found.put(row.getKey(), StoredRows.kind(row.getValue())));
        }
        return found;
    }

    void add(Handle tx, TenantId tenant, String groupId, Collection<String> members) {
        change(
                tx,
                """
                INSERT INTO scim_member (tenant_id, group_id, member_id)
                VALUES (:tenant, :group, :member)
                """,
                tenant,
                groupId,
                members);
    }

    void remove(Handle tx, TenantId tenant, String groupId, Collection<String> members) {
        change(
                tx,
                """
                DELETE FROM scim_member
                 WHERE tenant_id = :tenant AND group_id = :group AND member_id = :member
                """,
                tenant,
                groupId,
                members);
    }

    /// Takes everybody out of a group.
    void removeAllOf(Handle tx, TenantId tenant, String groupId) {
        tx.createUpdate("DELETE FROM scim_member WHERE tenant_id = :tenant AND group_id = :group")
                .bind("tenant", tenant.value())
                .bind("group", groupId)
                .execute();
    }

    private static void change(
            Handle tx, String sql, TenantId tenant, String groupId, Collection<String> members) {
        if (members.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch(sql);
        for (String member : members) {
            batch.bind("tenant", tenant.value())
                    .bind("group", groupId)
                    .bind("member", member)
                    .add();
        }
        batch.execute();
    }

    void deleteAllOf(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM scim_member WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }
}
