package dev.vestibule.directory;

import dev.vestibule.resource.ResourceKind;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Owns the table `scim_member`. Safe to share between threads.
///
/// SQLite takes the tables of a `CROSS JOIN` in the order in which they stand: without it, it reads
/// every resource of the tenant where it should look up a few.
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

    /// The groups that each of these is a direct member of; who is in none is left out.
    Map<String, Set<String>> groupsOf(Handle handle, TenantId tenant, Collection<String> ids) {
        Map<String, Set<String>> found = new HashMap<>();
        forEach(
                handle,
                tenant,
                ids,
                """
                WITH wanted(id) AS (VALUES <ids>)
                SELECT m.member_id, m.group_id FROM wanted w CROSS JOIN scim_member m
                 WHERE m.tenant_id = :tenant AND m.member_id = w.id
                """,
                row ->
                        found.computeIfAbsent(
                                        row.getString("member_id"), _ -> new LinkedHashSet<>())
                                .add(row.getString("group_id")));
        return found;
    }

    /// What these groups are called, in the order in which they were made.
    Map<String, String> namesOf(Handle handle, TenantId tenant, Collection<String> groups) {
        record Named(Instant createdAt, String id, String name) {}
        List<Named> found = new ArrayList<>();
        forEach(
                handle,
                tenant,
                groups,
                """
                WITH wanted(id) AS (VALUES <ids>)
                SELECT r.id, r.name, r.created_at FROM wanted w CROSS JOIN scim_resource r
                 WHERE r.tenant_id = :tenant AND r.id = w.id
                """,
                row ->
                        found.add(
                                new Named(
                                        Instant.ofEpochMilli(row.getLong("created_at")),
                                        row.getString("id"),
                                        row.getString("name"))));
        found.sort(Comparator.comparing(Named::createdAt).thenComparing(Named::id));
        Map<String, String> names = new LinkedHashMap<>();
        found.forEach(group -> names.put(group.id(), group.name()));
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
                                    SELECT m.member_id FROM below b CROSS JOIN scim_member m
                                     WHERE m.tenant_id = :tenant AND m.group_id = b.id)
                                SELECT r.id FROM below b CROSS JOIN scim_resource r
                                 WHERE r.tenant_id = :tenant AND r.id = b.id
                                   AND r.kind = 'user'
                                """)
                        .bind("tenant", tenant.value())
                        .bind("group", groupId)
                        .mapTo(String.class)
                        .list());
    }

    /// What each of these ids is in this tenant; others are left out, whosever they are.
    Map<String, ResourceKind> kindsOf(Handle handle, TenantId tenant, Collection<String> ids) {
        Map<String, ResourceKind> found = new HashMap<>();
        forEach(
                handle,
                tenant,
                ids,
                """
                WITH wanted(id) AS (VALUES <ids>)
                SELECT r.id, r.kind FROM wanted w CROSS JOIN scim_resource r
                 WHERE r.tenant_id = :tenant AND r.id = w.id
                """,
                row -> found.put(row.getString("id"), StoredRows.kind(row.getString("kind"))));
        return found;
    }

    interface Row {
        void take(ResultSet row) throws SQLException;
    }

    /// Asks about some of the ids at a time.
    ///
    /// @param sql with `<ids>` where they stand as rows of one value, and `:tenant`
    static void forEach(
            Handle handle, TenantId tenant, Collection<String> ids, String sql, Row row) {
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += VALUES_MAX) {
            List<String> some = all.subList(from, Math.min(all.size(), from + VALUES_MAX));
            Query query = handle.createQuery(sql).bind("tenant", tenant.value());
            List<String> values = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                values.add("(:id" + i + ")");
                query.bind("id" + i, some.get(i));
            }
            query.define("ids", String.join(", ", values))
                    .map(
                            (found, _) -> {
                                row.take(found);
                                return true;
                            })
                    .list();
        }
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
