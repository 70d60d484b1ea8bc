package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Form;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.LinesField;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.SelectField;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.TextField;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.tenant.TenantToken;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `/auth/vestibule/console/identity-systems`: the SCIM clients, and whom they would send away all
/// at once. `/NAME` below it is one client. Every change asks for a fresh sign-in.
final class IdentitySystemsPage implements ConsolePage {

    static final ConsolePlace PLACE = ConsolePlace.IDENTITY_SYSTEMS;

    private final IdentitySystems systems;
    private final List<String> providers;
    private final IdentitySystemChanges changes;
    private final HeldDepartures held;

    IdentitySystemsPage(IdentitySystems systems, GatewayConfig config) {
        this.systems = systems;
        this.providers = config.providers().stream().map(OpenIdProviderConfig::id).toList();
        this.changes =
                new IdentitySystemChanges(
                        systems, providers, config.homes().getFirst().publicUrl());
        this.held = new HeldDepartures(systems);
    }

    @Override
    public Response show(Steward steward, Request request) {
        return PLACE.childOf(request)
                .map(name -> showOne(steward, request, name))
                .orElseGet(() -> showAll(steward, request));
    }

    private Response showOne(Steward steward, Request request, String name) {
        return systems.find(name)
                .map(
                        client ->
                                ConsolePages.page(
                                        steward,
                                        request,
                                        PLACE,
                                        Text.verbatim(name),
                                        IdentitySystemParts.of(client, changes.address())))
                .orElseGet(() -> ConsolePages.notFound(steward, PLACE));
    }

    private Response showAll(Steward steward, Request request) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Quiet(text("console.systems.text")));
        parts.add(
                new Table(
                        PLACE.label(),
                        List.of(
                                text("console.people.name"),
                                text("console.systems.provider"),
                                text("console.systems.networks"),
                                text("console.systems.tokens"),
                                text("console.column.last-used")),
                        systems.tenants().list().stream().map(IdentitySystemsPage::row).toList(),
                        text("console.systems.empty")));
        parts.addAll(held.parts());
        parts.add(new Heading(text("console.systems.add.title")));
        parts.add(addForm());
        return ConsolePages.page(steward, request, PLACE, PLACE.label(), parts);
    }

    private static List<Cell> row(TenantSummary client) {
        String name = client.tenant().name();
        return List.of(
                new Cell.Link(Text.verbatim(name), PLACE.path(name)),
                IdentitySystemParts.provider(client),
                IdentitySystemParts.networks(client),
                Cell.words(Text.verbatim(Integer.toString(client.tokens().size()))),
                IdentitySystemParts.moment(lastUse(client)));
    }

    private static Optional<Instant> lastUse(TenantSummary client) {
        return client.tokens().stream()
                .map(TenantToken::lastUsedAt)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private Form addForm() {
        return new Form(
                PLACE.path(),
                List.of(new Hidden("change", "add")),
                List.of(
                        new TextField("name", text("console.systems.add.name"), "off"),
                        new SelectField(
                                "provider",
                                text("console.systems.provider"),
                                providerOptions(),
                                providers.size() == 1 ? providers.getFirst() : ""),
                        new LinesField("networks", text("console.systems.add.networks"), "")),
                text("console.systems.add"));
    }

    private List<Option> providerOptions() {
        return Stream.concat(
                        providers.stream().map(id -> new Option(id, Text.verbatim(id))),
                        Stream.of(new Option("", text("console.systems.provider.none"))))
                .toList();
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<String> name = PLACE.childOf(request);
        String here = name.map(PLACE::path).orElse(PLACE.path());
        if (!steward.isFresh()) {
            return ConsolePages.notFresh(steward, PLACE, here);
        }
        if (makesToken(request) && !steward.mayGiveAway()) {
            return ConsolePages.refused(steward, PLACE, text("console.refused.emergency"), here);
        }
        if (name.isPresent()) {
            return systems.find(name.get())
                    .map(client -> changes.change(steward, request, client))
                    .orElseGet(() -> ConsolePages.notFound(steward, PLACE));
        }
        return switch (request.form().single("change").orElse("")) {
            case "add" -> changes.add(steward, request);
            case "allow" -> held.allow(steward, request.form());
            case "dismiss" -> held.dismiss(steward, request.form());
            default -> ConsolePages.notFound(steward, PLACE);
        };
    }

    /// A token outlives the session in which it was made.
    private static boolean makesToken(Request request) {
        return request.form().values("change").stream()
                .anyMatch(change -> change.equals("add") || change.equals("rotate"));
    }
}
