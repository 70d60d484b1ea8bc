package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Text;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What the console says of a person.
final class PersonWords {

    private PersonWords() {}

    static Cell state(Account person) {
        return switch (person.state()) {
            case ACTIVE -> new Cell.Badge(text("console.state.active"), Tone.GOOD);
            case SUSPENDED -> new Cell.Badge(text("console.state.suspended"), Tone.WARNING);
            case REMOVED -> new Cell.Badge(text("console.state.removed"), Tone.WARNING);
        };
    }

    /// The role, with the home's name where the steward has several.
    static Cell roles(Steward steward, AccountStore accounts, Account person) {
        List<Cell> roles =
                steward.homes().stream()
                        .sorted(Comparator.comparing(HomeId::value))
                        .flatMap(
                                home ->
                                        accounts.roleOf(person.id(), home).stream()
                                                .map(
                                                        role ->
                                                                steward.homes().size() == 1
                                                                        ? role(role)
                                                                        : text(
                                                                                "console.role-at",
                                                                                role(role),
                                                                                home.value())))
                        .map(Cell::words)
                        .toList();
        return roles.isEmpty() ? Cell.words(text("console.role.none")) : new Cell.Several(roles);
    }

    static Text role(Role role) {
        return text("console.role." + role.name().toLowerCase(Locale.ROOT));
    }

    static Text origin(AccountOrigin origin) {
        return text("console.origin." + origin.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
