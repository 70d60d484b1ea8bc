package dev.vestibule.directory;

import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads the groups that SCIM clients have sent page by page, the newest first. Safe to share
/// between threads.
public final class GroupSearch {

    private final Database database;

    public GroupSearch(Database database) {
        this.database = database;
    }

    /// @param name the displayName, as it was sent
    /// @param members how many users and groups are directly in it
    public record Line(TenantId tenant, String id, String name, int members, Instant createdAt) {}

    /// @param next where the next page begins; empty where this is the last one
    public record Found(List<Line> groups, Optional<Cursor> next) {
        public Found {
            groups = List.copyOf(groups);
        }
    }

    /// @param max how many at most
    public Found find(Cursor after, int max) {
        List<Line> found = database.read(handle -> read(handle, after, max + 1));
        List<Line> groups = found.subList(0, Math.min(found.size(), max));
        return new Found(
                groups,
                found.size() > max
                        ? Optional.of(
                                new Cursor(
                                        groups.getLast().createdAt().toEpochMilli(),
                                        groups.getLast().id()))
                        : Optional.empty());
    }

    private static List<Line> read(Handle handle, Cursor after, int max) {
        return handle.createQuery(
                        """
                        SELECT r.tenant_id, r.id, r.name, r.created_at,
                               (SELECT COUNT(*) FROM scim_member m
                                 WHERE m.tenant_id = r.tenant_id AND m.group_id = r.id) AS members
                          FROM scim_resource r
                         WHERE r.kind = 'group' AND (r.created_at, r.id) < (:at, :id)
                         ORDER BY r.created_at DESC, r.id DESC
                         LIMIT :max
                        """)
                .bind("at", after.at())
                .bind("id", after.id())
                .bind("max", max)
                .map(
                        (row, _) ->
                                new Line(
                                        new TenantId(row.getString("tenant_id")),
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getInt("members"),
                                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list();
    }
}
