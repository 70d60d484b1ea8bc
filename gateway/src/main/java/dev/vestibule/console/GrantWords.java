package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Text;

import java.util.Locale;

/// What the console says of a grant.
final class GrantWords {

    private GrantWords() {}

    /// The name, else the client's address.
    static Text name(GrantSummary grant) {
        return Text.verbatim(grant.name().isEmpty() ? grant.clientId() : grant.name());
    }

    static Cell person(GrantSearch.Line line) {
        return line.grant().accountId().isEmpty()
                ? Cell.words(text("console.grants.service"))
                : new Cell.Link(
                        Text.verbatim(line.person()),
                        ConsolePlace.PEOPLE.path(line.grant().accountId()));
    }

    static Text kind(GrantKind kind) {
        return text("console.grant." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
