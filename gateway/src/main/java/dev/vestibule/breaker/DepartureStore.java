package dev.vestibule.breaker;

import dev.vestibule.account.AccountId;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Owns the tables `departure` and `held_departure`. Every method runs inside the caller's
/// transaction. A person counts once for each source, at the last time.
final class DepartureStore {

    private DepartureStore() {}

    /// Notes who loses their access now; none of them is held any more.
    static void leave(Handle tx, Source source, Set<AccountId> leaving, Instant now) {
        for (AccountId account : leaving) {
            tx.createUpdate(
                            """
                            INSERT INTO departure (source, account_id, left_at)
                            VALUES (:source, :account, :now)
                                ON CONFLICT (source, account_id) DO UPDATE SET left_at = :now
                            """)
                    .bind("source", source.key())
                    .bind("account", account.value())
                    .bind("now", now.toEpochMilli())
                    .execute();
            tx.createUpdate(
                            """
                            DELETE FROM held_departure
                             WHERE source = :source AND account_id = :account
                            """)
                    .bind("source", source.key())
                    .bind("account", account.value())
                    .execute();
        }
    }

    /// Notes who would lose their access and may not.
    static void hold(Handle tx, Source source, Set<AccountId> leaving, Instant now) {
        for (AccountId account : leaving) {
            tx.createUpdate(
                            """
                            INSERT INTO held_departure (source, account_id, held_at)
                            VALUES (:source, :account, :now)
                                ON CONFLICT (source, account_id) DO UPDATE SET held_at = :now
                            """)
                    .bind("source", source.key())
                    .bind("account", account.value())
                    .bind("now", now.toEpochMilli())
                    .execute();
        }
    }

    /// @param key see [Source#key()]
    static Set<AccountId> gone(Handle handle, String key, Instant since) {
        return accounts(
                handle,
                """
                SELECT account_id FROM departure
                 WHERE source = :source AND left_at > :since
                 ORDER BY left_at, account_id
                """,
                key,
                since);
    }

    /// @param key see [Source#key()]
    static Set<AccountId> waiting(Handle handle, String key, Instant since) {
        return accounts(
                handle,
                """
                SELECT account_id FROM held_departure
                 WHERE source = :source AND held_at > :since
                 ORDER BY held_at, account_id
                """,
                key,
                since);
    }

    private static Set<AccountId> accounts(Handle handle, String query, String key, Instant since) {
        return new LinkedHashSet<>(
                handle.createQuery(query)
                        .bind("source", key)
                        .bind("since", since.toEpochMilli())
                        .map((row, _) -> new AccountId(row.getString("account_id")))
                        .list());
    }

    static void forgetGone(Handle tx, Source source) {
        tx.createUpdate("DELETE FROM departure WHERE source = :source")
                .bind("source", source.key())
                .execute();
    }

    static void forgetWaiting(Handle tx, Source source) {
        tx.createUpdate("DELETE FROM held_departure WHERE source = :source")
                .bind("source", source.key())
                .execute();
    }

    /// Forgets what is too long ago to count.
    static void prune(Handle tx, Instant since) {
        for (String statement :
                List.of(
                        "DELETE FROM departure WHERE left_at <= :since",
                        "DELETE FROM held_departure WHERE held_at <= :since")) {
            tx.createUpdate(statement).bind("since", since.toEpochMilli()).execute();
        }
    }
}
