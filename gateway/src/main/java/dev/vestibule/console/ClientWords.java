package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientStanding;
import dev.vestibule.client.ClientStanding.Reason;
import dev.vestibule.client.ClientStanding.Received;
import dev.vestibule.client.ClientStanding.Refused;
import dev.vestibule.client.Clients;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// What the console says of an OAuth client.
final class ClientWords {

    private ClientWords() {}

    /// The client's own page.
    static LocalAddress address(HomeId home, String clientId) {
        return LocalAddress.of(ConsolePlace.CLIENTS.path(home.value())).with("client", clientId);
    }

    /// A name that we know, else the host.
    ///
    /// Attack: a program that calls itself by the name of another one. What it calls itself is a
    /// fact about it and no more, as on the page that asks for consent.
    static Text name(ClientStanding standing, String clientId) {
        if (isOwn(standing)) {
            return text("console.clients.own");
        }
        if (standing instanceof Received(_, var known) && !known.isEmpty()) {
            return Text.verbatim(known);
        }
        return Text.verbatim(hostOf(clientId));
    }

    private static String hostOf(String clientId) {
        try {
            return Origin.of(new URI(clientId)).map(Origin::authority).orElse(clientId);
        } catch (URISyntaxException noAddress) {
            return clientId;
        }
    }

    /// Leads to the client's own page. The id stands there whatever the client calls itself.
    static Cell link(HomeId home, String clientId, Text name) {
        Cell link = new Cell.Link(name, address(home, clientId).toString());
        return name.equals(Text.verbatim(clientId))
                ? link
                : new Cell.Several(List.of(link, new Cell.Literal(clientId)));
    }

    /// How much of a person's word it needs, and why.
    static Cell treatment(ClientStanding standing) {
        return switch (standing) {
            case Received(var kind, _) ->
                    new Cell.Several(List.of(badge(kind), Cell.words(why(kind.name()))));
            case Refused(var reason) ->
                    new Cell.Several(
                            List.of(
                                    new Cell.Badge(text("console.clients.refused"), Tone.WARNING),
                                    Cell.words(why(reason.name()))));
        };
    }

    /// As [#treatment], of clients that nobody listed.
    static Cell treatmentOfOthers(Clients clients) {
        return treatment(
                clients.mayOthersAsk()
                        ? new Received(ClientKind.OTHER, "")
                        : new Refused(Reason.NOT_LISTED));
    }

    private static Cell badge(ClientKind kind) {
        return switch (kind) {
            case OWN -> new Cell.Badge(text("console.clients.silent"), Tone.GOOD);
            case APP, VOICE, DOCUMENT ->
                    new Cell.Badge(text("console.clients.one-click"), Tone.PLAIN);
            case OTHER -> new Cell.Badge(text("console.clients.full-page"), Tone.WARNING);
        };
    }

    private static Text why(String of) {
        return text("console.clients.why." + of.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// Whether we know no name of it, so that it is called by what it says, if it is.
    static boolean isNamedByItself(ClientStanding standing) {
        return !isOwn(standing)
                && !(standing instanceof Received(_, var known) && !known.isEmpty());
    }

    /// Whether what it gets came without a word of a person's.
    static boolean isOwn(ClientStanding standing) {
        return standing instanceof Received(var kind, _) && !kind.needsConsent();
    }
}
