package dev.vestibule.console;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whom an administrator may see, and whom they may change: who has a role at a home of theirs, and
/// who has one at no other. Safe to share between threads.
///
/// Attack: the administrator of one home shuts out, or takes over, the people of another.
final class People {

    private final AccountStore accounts;
    private final Set<HomeId> homes;

    People(AccountStore accounts, Set<HomeId> homes) {
        this.accounts = accounts;
        this.homes = homes;
    }

    /// Somebody whom the steward may see; empty where there is nobody such.
    Optional<Account> find(Steward steward, String id) {
        return accounts.find(new AccountId(id))
                .filter(Account::isHere)
                .filter(
                        person ->
                                steward.isEverywhere()
                                        || homesOf(person).stream()
                                                .anyMatch(steward.homes()::contains));
    }

    /// The emergency administrator is changed on the machine only (attack: a stolen cookie suspends
    /// them, and nobody is left who could mend it).
    boolean mayChange(Steward steward, Account person) {
        return person.origin() != AccountOrigin.BREAK_GLASS && isTheirs(steward, person);
    }

    private boolean isTheirs(Steward steward, Account person) {
        return steward.isEverywhere() || steward.homes().containsAll(homesOf(person));
    }

    boolean isAdministrator(Account person) {
        return homes.stream()
                .anyMatch(
                        home -> accounts.roleOf(person.id(), home).equals(Optional.of(Role.ADMIN)));
    }

    private List<HomeId> homesOf(Account person) {
        return homes.stream()
                .filter(home -> accounts.roleOf(person.id(), home).isPresent())
                .toList();
    }
}
