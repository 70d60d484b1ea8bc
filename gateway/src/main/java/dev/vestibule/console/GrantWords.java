package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.grant.AskedFrom;
import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Text;
import dev.vestibule.visit.Device;

import java.util.List;
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

    /// From where somebody asked for it, and with which browser.
    static Cell from(GrantSummary grant, AddressWords addresses) {
        AskedFrom from = grant.from();
        if (from.address().isEmpty()) {
            return Cell.words(text("console.grants.from-unknown"));
        }
        String device = Device.of(from.userAgent());
        Cell address = addresses.cell(from.address());
        return device.isEmpty()
                ? address
                : new Cell.Several(List.of(Cell.words(Text.verbatim(device)), address));
    }

    static Text kind(GrantKind kind) {
        return text("console.grant." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
