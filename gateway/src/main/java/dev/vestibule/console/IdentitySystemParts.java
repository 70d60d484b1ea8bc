package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Text;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.tenant.TenantToken;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What there is to say about one SCIM client, and what can be done about it.
final class IdentitySystemParts {

    private IdentitySystemParts() {}

    /// @param address where it sends people to
    static List<Part> of(TenantSummary client, URI address) {
        return List.of(
                facts(client, address),
                new Heading(text("console.systems.tokens")),
                tokens(client),
                new Heading(text("console.person.actions")),
                actions(client));
    }

    private static Facts facts(TenantSummary client, URI address) {
        return new Facts(
                List.of(
                        new Named(text("console.systems.provider"), provider(client)),
                        new Named(text("console.systems.networks"), networks(client)),
                        new Named(
                                text("console.systems.added"), new Cell.Moment(client.createdAt())),
                        new Named(
                                text("console.systems.address"),
                                new Cell.Literal(address.toString()))));
    }

    static Cell provider(TenantSummary client) {
        return Cell.words(
                client.tenant()
                        .providerId()
                        .map(Text::verbatim)
                        .orElseGet(() -> text("console.systems.provider.none")));
    }

    static Cell networks(TenantSummary client) {
        return client.networks().isEmpty()
                ? Cell.words(text("console.systems.anywhere"))
                : new Cell.Several(
                        client.networks().stream()
                                .<Cell>map(network -> new Cell.Literal(network.toString()))
                                .toList());
    }

    static Cell moment(Optional<Instant> at) {
        return at.<Cell>map(Cell.Moment::new)
                .orElseGet(() -> Cell.words(text("console.systems.never")));
    }

    private static Table tokens(TenantSummary client) {
        return new Table(
                text("console.systems.tokens"),
                List.of(
                        text("console.systems.token"),
                        text("console.systems.token.since"),
                        text("console.column.last-used"),
                        text("console.column.address")),
                client.tokens().stream().map(token -> row(token, newest(client))).toList(),
                Text.nothing());
    }

    private static int newest(TenantSummary client) {
        return client.tokens().getLast().number();
    }

    private static List<Cell> row(TenantToken token, int newest) {
        return List.of(
                token.number() == newest
                        ? new Cell.Badge(text("console.systems.token.current"), Tone.GOOD)
                        : new Cell.Badge(text("console.systems.token.former"), Tone.WARNING),
                new Cell.Moment(token.createdAt()),
                moment(token.lastUsedAt()),
                token.lastUsedFrom().isEmpty()
                        ? Cell.nothing()
                        : new Cell.Literal(token.lastUsedFrom()));
    }

    /// A former token can be ended only where there is one.
    private static Facts actions(TenantSummary client) {
        List<Named> actions = new ArrayList<>();
        actions.add(action(client, "rotate", Tone.PLAIN));
        if (client.tokens().size() > 1) {
            actions.add(action(client, "finish", Tone.PLAIN));
        }
        actions.add(action(client, "remove", Tone.DANGER));
        return new Facts(actions);
    }

    /// The sentence says what the button means, before it is pressed.
    private static Named action(TenantSummary client, String change, Tone tone) {
        return new Named(
                text("console.systems." + change + ".meaning"),
                new Cell.Act(
                        ConsolePlace.IDENTITY_SYSTEMS.path(client.tenant().name()),
                        List.of(
                                new Hidden("change", change),
                                new Hidden("newest", Integer.toString(newest(client)))),
                        text("console.systems." + change),
                        tone));
    }
}
