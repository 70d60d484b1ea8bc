package dev.vestibule.directory;

import dev.vestibule.resource.ResourceKind;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

import java.util.ArrayList;
import java.util.List;

/// Reads the resources of a tenant piece by piece, in the order in which they were made: one that
/// is there all the while comes exactly once, whatever is written between two pieces. Memory is
/// needed for one piece. Safe to share between threads.
final class ResourceScan {

    private static final int ROWS_MAX = 200;
    private static final int CHARS_MAX = 512 * 1024;

    private final TenantId tenant;
    private final ResourceKind kind;
    private final Narrowing narrowing;

    ResourceScan(TenantId tenant, ResourceKind kind, Narrowing narrowing) {
        this.tenant = tenant;
        this.kind = kind;
        this.narrowing = narrowing;
    }

    /// How many there are.
    int count(Handle handle) {
        return bound(
                        handle.createQuery(
                                "SELECT COUNT(*) FROM scim_resource r WHERE "
                                        + narrowing.condition()))
                .mapTo(Integer.class)
                .one();
    }

    /// The first piece.
    ///
    /// @param offset how many are left out
    List<StoredResource> from(Handle handle, long offset) {
        return piece(
                bound(handle.createQuery(select(narrowing.condition()) + " OFFSET :offset"))
                        .bind("offset", offset));
    }

    /// What follows a resource; empty where it was the last.
    List<StoredResource> after(Handle handle, StoredResource last) {
        String later = narrowing.condition() + " AND (r.created_at, r.id) > (:at, :id)";
        return piece(
                bound(handle.createQuery(select(later)))
                        .bind("at", last.createdAt().toEpochMilli())
                        .bind("id", last.id()));
    }

    private static String select(String condition) {
        return """
        SELECT r.tenant_id, r.kind, r.id, r.external_id, r.document, r.version, r.account_id,
               r.created_at, r.updated_at
          FROM scim_resource r
         WHERE\s"""
                + condition
                + " ORDER BY r.created_at, r.id LIMIT "
                + ROWS_MAX;
    }

    private Query bound(Query query) {
        narrowing.values().forEach(query::bind);
        return query.bind("tenant", tenant.value()).bind("kind", StoredRows.word(kind));
    }

    private static List<StoredResource> piece(Query query) {
        List<StoredResource> found = new ArrayList<>();
        long chars = 0;
        try (ResultIterator<StoredRows.Sized> rows =
                query.setFetchSize(ROWS_MAX).map(StoredRows::sized).iterator()) {
            while (chars < CHARS_MAX && rows.hasNext()) {
                StoredRows.Sized row = rows.next();
                chars += row.chars();
                found.add(row.resource());
            }
        }
        return found;
    }
}
