package dev.vestibule.console;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Text;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who the accounts of a page of rows are.
///
/// @param found by their ids
record AccountNames(Map<String, Account> found) {

    AccountNames {
        found = Map.copyOf(found);
    }

    /// @param ids empty texts among them are nobody's
    static AccountNames of(AccountStore accounts, Stream<String> ids) {
        return new AccountNames(
                ids.filter(id -> !id.isEmpty())
                        .distinct()
                        .flatMap(id -> accounts.find(new AccountId(id)).stream())
                        .collect(Collectors.toMap(one -> one.id().value(), one -> one)));
    }

    /// Leads to the person; where they are gone, it is the id that is left of them.
    Cell cell(String id) {
        return Optional.ofNullable(found.get(id))
                .<Cell>map(
                        one ->
                                new Cell.Link(
                                        Text.verbatim(one.username()),
                                        ConsolePlace.PEOPLE.path(id)))
                .orElse(Cell.words(Text.verbatim(id)));
    }
}
