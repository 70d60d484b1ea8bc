package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.directory.ResourceStore;
import dev.vestibule.store.Database;

import java.util.List;
import java.util.function.Predicate;

/// Finds people by what an operator calls them. Safe to share between threads; waits for the
/// database.
public final class NamedPeople {

    private final Database database;
    private final AccountStore accounts;
    private final ResourceStore resources = new ResourceStore();

    public NamedPeople(Database database, AccountStore accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /// Who has the id, else who has the user name, else to whom an identity system gave the e-mail
    /// address: that is for looking somebody up, and lets nobody in. Attack: names are chosen by
    /// their people, and one who takes another's id for a name must not be taken for them.
    public List<Account> find(String named) {
        List<Account> all = accounts.list();
        List<Account> byId = those(all, account -> account.id().value().equals(named));
        if (!byId.isEmpty()) {
            return byId;
        }
        List<Account> here = those(all, Account::isHere);
        List<Account> byName = those(here, account -> account.username().equals(named));
        return byName.isEmpty() && named.contains("@")
                ? those(here, account -> hasAddress(account, named))
                : byName;
    }

    private static List<Account> those(List<Account> all, Predicate<Account> test) {
        return all.stream().filter(test).toList();
    }

    private boolean hasAddress(Account account, String address) {
        return database.read(handle -> resources.userOfAccount(handle, account.id())).stream()
                .flatMap(sent -> sent.document().path("emails").valueStream())
                .anyMatch(entry -> entry.path("value").asText("").equalsIgnoreCase(address));
    }
}
