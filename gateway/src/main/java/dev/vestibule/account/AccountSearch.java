package dev.vestibule.account;

import dev.vestibule.config.HomeId;
import dev.vestibule.store.Database;
import dev.vestibule.store.LikePattern;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads accounts page by page, in the order of their user names. Removed ones are not among them.
/// Safe to share between threads.
public final class AccountSearch {

    private final Database database;

    public AccountSearch(Database database) {
        this.database = database;
    }

    /// What is looked for.
    ///
    /// @param words a part of the user name or of the name, in any case of letters that are ASCII;
    ///   empty for everybody
    /// @param homes only who has a role at one of these; empty for everybody
    /// @param after only who comes after this place in the list
    /// @param max how many at most
    public record Query(String words, Set<HomeId> homes, Optional<After> after, int max) {
        public Query {
            homes = Set.copyOf(homes);
        }
    }

    /// A place in the list: after somebody of this user name and id.
    public record After(String username, String id) {}

    /// @param hasMore whether others come after the last one
    public record Found(List<Account> accounts, boolean hasMore) {
        public Found {
            accounts = List.copyOf(accounts);
        }
    }

    public Found find(Query query) {
        List<Account> found = database.read(handle -> read(handle, query));
        return new Found(
                found.subList(0, Math.min(found.size(), query.max())), found.size() > query.max());
    }

    private static List<Account> read(Handle handle, Query query) {
        boolean isEverywhere = query.homes().isEmpty();
        return handle.createQuery(
                        "SELECT "
                                + AccountStore.COLUMNS
                                + """
                                   FROM account a
                                  WHERE a.state <> 'removed'
                                    AND (:words = '%%'
                                         OR LOWER(a.username) LIKE :words ESCAPE '!'
                                         OR LOWER(a.display_name) LIKE :words ESCAPE '!')
                                    AND (:everywhere = 1
                                         OR EXISTS (SELECT 1 FROM role r
                                                     WHERE r.account_id = a.id
                                                       AND r.home_id IN (<homes>)))
                                    AND (a.username, a.id) > (:username, :id)
                                  ORDER BY a.username, a.id
                                  LIMIT :max
                                 """)
                .bind("words", LikePattern.anywhere(query.words()))
                .bind("everywhere", isEverywhere ? 1 : 0)
                .bindList(
                        "homes",
                        isEverywhere
                                ? List.of("")
                                : query.homes().stream().map(HomeId::value).toList())
                .bind("username", query.after().map(After::username).orElse(""))
                .bind("id", query.after().map(After::id).orElse(""))
                .bind("max", query.max() + 1)
                .map(AccountStore::fromRow)
                .list();
    }
}
