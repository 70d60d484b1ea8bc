package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.Paths;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.DocumentHealth;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.ProviderDocuments;
import dev.vestibule.oidc.ProviderDocuments.Offers;
import dev.vestibule.oidc.ProviderHealth;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What the console says of one provider. Asks nobody.
final class ProviderParts {

    private final InstantSource time;
    private final GatewayConfig config;
    private final ProviderReliance reliance;

    ProviderParts(InstantSource time, GatewayConfig config, ProviderReliance reliance) {
        this.time = time;
        this.config = config;
        this.reliance = reliance;
    }

    List<Part> of(Steward steward, OpenIdProviderConfig provider, OpenIdProvider peer) {
        ProviderDocuments documents = peer.documents();
        return List.of(
                health(provider, peer.health()),
                documents(provider, documents, time.instant()),
                reliance.of(steward, provider),
                abilities(provider, documents.offers()),
                addresses(steward, provider));
    }

    private static Facts health(OpenIdProviderConfig provider, ProviderHealth health) {
        return new Facts(
                List.of(
                        new Named(text("console.people.state"), state(health)),
                        new Named(
                                text("console.providers.issuer"),
                                new Cell.Literal(provider.issuer().toString())),
                        new Named(text("console.person.id"), new Cell.Literal(provider.id())),
                        new Named(
                                text("console.providers.ask.meaning"),
                                new Cell.Act(
                                        ConsolePlace.PROVIDERS.path(),
                                        List.of(new Hidden("provider", provider.id())),
                                        text("console.providers.ask"),
                                        Tone.PLAIN))));
    }

    private static Cell state(ProviderHealth health) {
        return switch (health) {
            case UNKNOWN -> new Cell.Badge(text("console.providers.not-asked"), Tone.PLAIN);
            case ANSWERING -> new Cell.Badge(text("console.providers.answering"), Tone.GOOD);
            case AWAY -> new Cell.Badge(text("console.providers.away"), Tone.WARNING);
        };
    }

    private static Table documents(
            OpenIdProviderConfig provider, ProviderDocuments documents, Instant now) {
        return new Table(
                Text.verbatim(provider.displayName()),
                List.of(
                        text("console.providers.document"),
                        text("console.people.state"),
                        text("console.providers.last-had"),
                        text("console.providers.last-problem")),
                List.of(
                        row("discovery", documents.discovery(), now),
                        row("keys", documents.keys(), now)),
                Text.nothing());
    }

    private static List<Cell> row(String document, DocumentHealth health, Instant now) {
        return List.of(
                Cell.words(text("console.providers." + document)),
                state(health),
                health.hadAt()
                        .map(at -> moment(at, now))
                        .orElseGet(() -> Cell.words(text("console.providers.never-had"))),
                health.lastProblem()
                        .<Cell>map(
                                problem ->
                                        new Cell.Several(
                                                List.of(
                                                        moment(problem.at(), now),
                                                        Cell.words(
                                                                text(
                                                                        "console.providers.found",
                                                                        problem.sentence())))))
                        .orElseGet(() -> Cell.words(text("console.providers.no-problem"))));
    }

    private static Cell state(DocumentHealth health) {
        if (health.isFailing()) {
            return new Cell.Badge(text("console.providers.problem"), Tone.WARNING);
        }
        return health.hadAt().isPresent()
                ? new Cell.Badge(text("console.providers.good"), Tone.GOOD)
                : new Cell.Badge(text("console.providers.not-asked"), Tone.PLAIN);
    }

    private static Cell moment(Instant at, Instant now) {
        return new Cell.Several(List.of(Cell.words(Ages.of(at, now)), new Cell.Moment(at)));
    }

    private static Facts abilities(OpenIdProviderConfig provider, Optional<Offers> offers) {
        return new Facts(
                List.of(
                        new Named(text("console.providers.scopes"), scopes(provider, offers)),
                        new Named(
                                text("console.providers.back-channel"),
                                offered(offers, Offers::backChannelLogout)),
                        new Named(
                                text("console.providers.sign-out"),
                                offered(offers, Offers::signOut)),
                        new Named(
                                text("console.providers.offline"),
                                offered(offers, Offers::offlineAccess)),
                        new Named(
                                text("console.providers.liveness"), liveness(provider.liveness())),
                        new Named(text("console.providers.fresh"), fresh(provider))));
    }

    /// A scope that the provider does not list is often why a claim is missing.
    private static Cell scopes(OpenIdProviderConfig provider, Optional<Offers> offers) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell.Literal(String.join(" ", provider.scopes())));
        List<String> unlisted =
                offers.map(Offers::scopes).filter(listed -> !listed.isEmpty()).stream()
                        .flatMap(
                                listed ->
                                        provider.scopes().stream()
                                                .filter(scope -> !listed.contains(scope)))
                        .toList();
        if (!unlisted.isEmpty()) {
            cells.add(Cell.words(text("console.providers.unlisted", String.join(" ", unlisted))));
        }
        return new Cell.Several(cells);
    }

    private static Cell offered(Optional<Offers> offers, Predicate<Offers> ability) {
        return offers.map(
                        known ->
                                Cell.words(
                                        text(
                                                ability.test(known)
                                                        ? "console.providers.can"
                                                        : "console.providers.cannot")))
                .orElseGet(() -> Cell.words(text("console.providers.not-asked")));
    }

    private static Cell liveness(LivenessConfig liveness) {
        if (!liveness.enabled()) {
            return Cell.words(text("console.providers.liveness.off"));
        }
        Duration every = liveness.checkEvery();
        return Cell.words(
                every.toSecondsPart() == 0
                        ? text("console.providers.liveness.minutes", every.toMinutes())
                        : text("console.providers.liveness.seconds", every.toSeconds()));
    }

    private static Cell fresh(OpenIdProviderConfig provider) {
        return Cell.words(
                text(
                        switch (provider.freshSignIn()) {
                            case AUTH_TIME -> "console.providers.fresh.auth-time";
                            case PROMPT_LOGIN -> "console.providers.fresh.prompt-login";
                            case SELECT_ACCOUNT -> "console.providers.fresh.select-account";
                        }));
    }

    /// A provider knows one place for what it says by itself; any home's will do.
    private Facts addresses(Steward steward, OpenIdProviderConfig provider) {
        List<Origin> origins =
                config.homes().stream()
                        .filter(home -> steward.homes().contains(home.name()))
                        .map(HomeConfig::publicUrl)
                        .toList();
        return new Facts(
                List.of(
                        new Named(
                                text("console.providers.redirect-uri"),
                                each(origins, provider::redirectUri)),
                        new Named(
                                text("console.providers.back-channel-uri"),
                                new Cell.Literal(
                                        provider.backChannelLogoutUri(origins.getFirst())
                                                .toString())),
                        new Named(
                                text("console.providers.post-logout-uri"),
                                each(origins, origin -> origin.resolve(Paths.SIGN_OUT)))));
    }

    private static Cell each(List<Origin> origins, Function<Origin, URI> address) {
        return new Cell.Several(
                origins.stream()
                        .map(address)
                        .<Cell>map(uri -> new Cell.Literal(uri.toString()))
                        .toList());
    }
}
