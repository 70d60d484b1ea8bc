package dev.vestibule.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.tenant.TenantId;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// How resources stand in their rows.
final class StoredRows {

    /// Numbers come out as they went in, with all their digits. What was read strictly once is not
    /// read so again: a group of many members is larger than a body may be.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private StoredRows() {}

    static String word(ResourceKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static ResourceKind kind(String word) {
        return ResourceKind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static ObjectNode document(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored document cannot be read", broken);
        }
    }

    /// A resource, and how long its document is.
    record Sized(StoredResource resource, int chars) {}

    static Sized sized(ResultSet row, StatementContext context) throws SQLException {
        return new Sized(read(row), row.getString("document").length());
    }

    static StoredResource resource(ResultSet row, StatementContext context) throws SQLException {
        return read(row);
    }

    static StoredResource read(ResultSet row) throws SQLException {
        return new StoredResource(
                new TenantId(row.getString("tenant_id")),
                kind(row.getString("kind")),
                row.getString("id"),
                Optional.ofNullable(row.getString("external_id")),
                document(row.getString("document")),
                row.getLong("version"),
                Optional.ofNullable(row.getString("account_id")).map(AccountId::new),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
