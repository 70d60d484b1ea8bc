package dev.vestibule.grant;

import dev.vestibule.config.HomeId;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// How a [GrantSummary] is read.
final class GrantSummaries {

    /// The name is empty where the grant belongs to nobody.
    static final String SELECT =
            """
            SELECT g.id, g.home_id, g.account_id, g.client_id, g.kind, g.state, g.name,
                   g.asked_from, g.asked_on,
                   g.created_at, g.last_used_at, g.expires_at,
                   COALESCE(a.display_name, '') AS display_name
              FROM client_grant g
              LEFT JOIN account a ON a.id = g.account_id
            """;

    private GrantSummaries() {}

    static GrantSummary fromRow(ResultSet row) throws SQLException {
        return new GrantSummary(
                new GrantId(row.getString("id")),
                new HomeId(row.getString("home_id")),
                textOr(row.getString("account_id"), ""),
                textOr(row.getString("client_id"), ""),
                GrantKind.of(row.getString("kind")),
                row.getString("state").equals("pending"),
                row.getString("name"),
                new AskedFrom(row.getString("asked_from"), row.getString("asked_on")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_used_at")),
                Optional.ofNullable(row.getObject("expires_at"))
                        .map(Number.class::cast)
                        .map(Number::longValue)
                        .map(Instant::ofEpochMilli));
    }

    static String textOr(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
