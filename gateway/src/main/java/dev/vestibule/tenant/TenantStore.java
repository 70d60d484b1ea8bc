package dev.vestibule.tenant;

import dev.vestibule.network.Cidr;
import dev.vestibule.secret.TokenHash;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Owns the tables `scim_tenant` and `scim_token`. Every method runs inside the caller's
/// transaction.
final class TenantStore {

    private TenantStore() {}

    static Optional<KnownToken> holderOf(Handle handle, TokenHash token) {
        return handle.createQuery(
                        """
                        SELECT t.id, t.name, t.provider_id, t.networks, k.last_used_at
                          FROM scim_token k
                          JOIN scim_tenant t ON t.id = k.tenant_id
                         WHERE k.token_hash = :hash
                        """)
                .bind("hash", token.hex())
                .map(
                        (row, _) ->
                                new KnownToken(
                                        tenant(row), networks(row), instant(row, "last_used_at")))
                .findOne();
    }

    static List<TokenHash> hashes(Handle handle) {
        return handle.createQuery("SELECT token_hash FROM scim_token")
                .map((row, _) -> new TokenHash(row.getString("token_hash")))
                .list();
    }

    /// @return false where there is a client of this name
    static boolean insert(Handle tx, TenantId id, NewTenant tenant, Instant now) {
        return tx.createUpdate(
                                """
                                INSERT INTO scim_tenant
                                       (id, name, provider_id, networks, created_at)
                                VALUES (:id, :name, :provider, :networks, :now)
                                    ON CONFLICT (name) DO NOTHING
                                """)
                        .bind("id", id.value())
                        .bind("name", tenant.name().value())
                        .bind("provider", tenant.providerId().orElse(null))
                        .bind(
                                "networks",
                                tenant.networks().stream()
                                        .map(Cidr::toString)
                                        .collect(Collectors.joining(",")))
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void insertToken(Handle tx, TenantId tenant, TokenHash token, Instant now) {
        tx.createUpdate(
                        """
                        INSERT INTO scim_token
                               (token_hash, tenant_id, number, created_at,
                                last_used_at, last_used_address)
                        SELECT :hash, t.id,
                               1 + (SELECT COALESCE(MAX(k.number), 0)
                                      FROM scim_token k WHERE k.tenant_id = t.id),
                               :now, NULL, ''
                          FROM scim_tenant t
                         WHERE t.id = :tenant
                        """)
                .bind("hash", token.hex())
                .bind("tenant", tenant.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Optional<Tenant> find(Handle handle, String name) {
        return handle.createQuery(
                        """
                        SELECT id, name, provider_id FROM scim_tenant WHERE name = :name
                        """)
                .bind("name", name)
                .map((row, _) -> tenant(row))
                .findOne();
    }

    static Optional<Tenant> find(Handle handle, TenantId id) {
        return handle.createQuery("SELECT id, name, provider_id FROM scim_tenant WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> tenant(row))
                .findOne();
    }

    static List<Tenant> speakingFor(Handle handle, String providerId) {
        return handle.createQuery(
                        """
                        SELECT id, name, provider_id FROM scim_tenant
                         WHERE provider_id = :provider
                         ORDER BY created_at, id
                        """)
                .bind("provider", providerId)
                .map((row, _) -> tenant(row))
                .list();
    }

    /// Ends every token but the newest.
    ///
    /// @return how many
    static int deleteAllButNewest(Handle tx, TenantId tenant) {
        return tx.createUpdate(
                        """
                        DELETE FROM scim_token
                         WHERE tenant_id = :tenant
                           AND number < (SELECT MAX(k.number) FROM scim_token k
                                          WHERE k.tenant_id = :tenant)
                        """)
                .bind("tenant", tenant.value())
                .execute();
    }

    /// The number of the newest token.
    static int newestToken(Handle handle, TenantId tenant) {
        return handle.createQuery(
                        """
                        SELECT COALESCE(MAX(number), 0) FROM scim_token WHERE tenant_id = :tenant
                        """)
                .bind("tenant", tenant.value())
                .mapTo(Integer.class)
                .one();
    }

    static void delete(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM scim_token WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
        tx.createUpdate("DELETE FROM scim_tenant WHERE id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }

    /// Notes a use, where none was noted since a moment.
    static void touch(Handle tx, TokenHash token, String address, Instant now, Instant since) {
        tx.createUpdate(
                        """
                        UPDATE scim_token
                           SET last_used_at = :now, last_used_address = :address
                         WHERE token_hash = :hash
                           AND (last_used_at IS NULL OR last_used_at <= :since)
                        """)
                .bind("now", now.toEpochMilli())
                .bind("address", address)
                .bind("hash", token.hex())
                .bind("since", since.toEpochMilli())
                .execute();
    }

    /// In the order of their names.
    static List<TenantSummary> list(Handle handle) {
        Map<String, List<TenantToken>> tokens = tokens(handle);
        return handle.createQuery(
                        """
                        SELECT id, name, provider_id, networks, created_at
                          FROM scim_tenant
                         ORDER BY name
                        """)
                .map(
                        (row, _) ->
                                new TenantSummary(
                                        tenant(row),
                                        networks(row),
                                        Instant.ofEpochMilli(row.getLong("created_at")),
                                        tokens.getOrDefault(row.getString("id"), List.of())))
                .list();
    }

    private static Map<String, List<TenantToken>> tokens(Handle handle) {
        return handle
                .createQuery(
                        """
                        SELECT tenant_id, number, created_at, last_used_at, last_used_address
                          FROM scim_token
                         ORDER BY tenant_id, number
                        """)
                .map((row, _) -> Map.entry(row.getString("tenant_id"), token(row)))
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                LinkedHashMap::new,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static TenantToken token(ResultSet row) throws SQLException {
        return new TenantToken(
                row.getInt("number"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "last_used_at"),
                row.getString("last_used_address"));
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                new TenantId(row.getString("id")),
                row.getString("name"),
                Optional.ofNullable(row.getString("provider_id")));
    }

    private static List<Cidr> networks(ResultSet row) throws SQLException {
        String text = row.getString("networks");
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(TenantStore::network).toList();
    }

    private static Cidr network(String text) {
        return Cidr.parse(text)
                .orElseThrow(() -> new IllegalStateException("no network was stored: " + text));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
