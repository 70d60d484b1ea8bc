package dev.vestibule.account;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.store.Database;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Counts people; removed ones are not among them. Safe to share between threads.
public final class AccountCounts {

    private final Database database;

    public AccountCounts(Database database) {
        this.database = database;
    }

    /// How many people sign in at a provider.
    ///
    /// @param homes only who has a role at one of these; empty for everybody
    public int linkedAt(Issuer issuer, Set<HomeId> homes) {
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT COUNT(DISTINCT a.id)
                                          FROM identity i
                                          JOIN account a ON a.id = i.account_id
                                         WHERE i.issuer = :issuer AND a.state <> 'removed'
                                           AND (:everywhere = 1
                                                OR EXISTS (SELECT 1 FROM role r
                                                            WHERE r.account_id = a.id
                                                              AND r.home_id IN (<homes>)))
                                        """)
                                .bind("issuer", issuer.value())
                                .bind("everywhere", homes.isEmpty() ? 1 : 0)
                                .bindList(
                                        "homes",
                                        homes.isEmpty()
                                                ? List.of("")
                                                : homes.stream().map(HomeId::value).toList())
                                .mapTo(Integer.class)
                                .one());
    }

    /// How many people have each role at a home; a role that nobody has is left out.
    public Map<Role, Integer> rolesAt(HomeId home) {
        return database.read(
                handle -> {
                    Map<Role, Integer> counts = new EnumMap<>(Role.class);
                    handle.createQuery(
                                    """
                                    SELECT r.role, COUNT(*) AS people
                                      FROM role r
                                      JOIN account a ON a.id = r.account_id
                                     WHERE r.home_id = :home AND a.state <> 'removed'
                                     GROUP BY r.role
                                    """)
                            .bind("home", home.value())
                            .map(
                                    (row, _) ->
                                            counts.put(
                                                    Role.valueOf(
                                                            row.getString("role")
                                                                    .toUpperCase(Locale.ROOT)),
                                                    row.getInt("people")))
                            .list();
                    return counts;
                });
    }
}
