package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.AccountCounts;
import dev.vestibule.account.Issuer;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Text;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.tenant.TenantSummary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What depends on a provider, as far as it is a steward's to know: people and browsers at their
/// homes; the identity systems that speak for it are those of every home.
final class ProviderReliance {

    private final AccountCounts people;
    private final SessionSearch sessions;
    private final IdentitySystems systems;

    ProviderReliance(AccountCounts people, SessionSearch sessions, IdentitySystems systems) {
        this.people = people;
        this.sessions = sessions;
        this.systems = systems;
    }

    Facts of(Steward steward, OpenIdProviderConfig provider) {
        Issuer issuer = new Issuer(provider.issuer().toString());
        List<Named> facts = new ArrayList<>();
        facts.add(
                new Named(
                        text("console.providers.people"),
                        count(
                                people.linkedAt(
                                        issuer,
                                        steward.isEverywhere() ? Set.of() : steward.homes()))));
        facts.add(
                new Named(
                        text("console.providers.sessions"),
                        count(sessions.count(issuer, steward.homes()))));
        if (steward.mayEnter(ConsolePlace.IDENTITY_SYSTEMS)) {
            facts.add(new Named(ConsolePlace.IDENTITY_SYSTEMS.label(), systems(provider)));
        }
        return new Facts(facts);
    }

    private static Cell count(int count) {
        return Cell.words(Text.verbatim(Integer.toString(count)));
    }

    private Cell systems(OpenIdProviderConfig provider) {
        List<Cell> links =
                systems.tenants().list().stream()
                        .map(TenantSummary::tenant)
                        .filter(client -> client.providerId().equals(Optional.of(provider.id())))
                        .<Cell>map(
                                client ->
                                        new Cell.Link(
                                                Text.verbatim(client.name()),
                                                ConsolePlace.IDENTITY_SYSTEMS.path(client.name())))
                        .toList();
        return links.isEmpty()
                ? Cell.words(text("console.providers.no-systems"))
                : new Cell.Several(links);
    }
}
