package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;
import dev.vestibule.tenant.NewTenant;
import dev.vestibule.tenant.TenantName;
import dev.vestibule.tenant.TenantSummary;
import dev.vestibule.tenant.Tenants;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an administrator does about SCIM clients. A new token stands on the page that answers, and
/// nowhere else: not in an address, which browsers keep. Safe to share between threads.
final class IdentitySystemChanges {

    private static final ConsolePlace PLACE = ConsolePlace.IDENTITY_SYSTEMS;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final IdentitySystems systems;
    private final List<String> providers;
    private final Origin home;

    /// @param providers ids of those whose people a client may send
    /// @param home where clients reach the gateway
    IdentitySystemChanges(IdentitySystems systems, List<String> providers, Origin home) {
        this.systems = systems;
        this.providers = List.copyOf(providers);
        this.home = home;
    }

    /// Where clients send people to.
    URI address() {
        return home.resolve("/scim/v2");
    }

    Response add(Steward steward, Request request) {
        Parameters form = request.form();
        String name = form.single("name").orElse("").strip();
        if (!TenantName.isOne(name)) {
            return refused(steward, text("console.systems.bad-name"));
        }
        Optional<String> provider = form.single("provider");
        if (provider.filter(id -> id.isEmpty() || providers.contains(id)).isEmpty()) {
            return refused(steward, text("console.systems.bad-provider"));
        }
        List<String> networks =
                Arrays.stream(form.single("networks").orElse("").split("[\\s,]+"))
                        .filter(network -> !network.isEmpty())
                        .toList();
        for (String network : networks) {
            if (Cidr.parse(network).isEmpty()) {
                return refused(steward, text("console.systems.bad-network", network));
            }
        }
        NewTenant tenant =
                new NewTenant(
                        new TenantName(name),
                        provider.filter(id -> !id.isEmpty()),
                        networks.stream().map(Cidr::parse).flatMap(Optional::stream).toList());
        return systems.tenants()
                .add(tenant, steward.actor())
                .map(token -> tokenOf(steward, request, name, token, "console.systems.added.text"))
                .orElseGet(() -> refused(steward, text("console.systems.exists", name)));
    }

    Response change(Steward steward, Request request, TenantSummary client) {
        String name = client.tenant().name();
        return switch (request.form().single("change").orElse("")) {
            case "rotate" -> rotate(steward, request, name);
            case "finish" -> finish(steward, name);
            case "remove" -> remove(steward, name);
            default -> ConsolePages.notFound(steward, PLACE);
        };
    }

    private Response rotate(Steward steward, Request request, String name) {
        return request.form()
                .single("newest")
                .filter(number -> NUMBER.matcher(number).matches())
                .map(Integer::parseInt)
                .flatMap(newest -> systems.tenants().rotate(name, newest, steward.actor()))
                .map(made -> rotated(steward, request, name, made))
                .orElseGet(() -> refusedAt(steward, name, text("console.systems.rotated-already")));
    }

    private Response rotated(Steward steward, Request request, String name, Tenants.NewToken made) {
        return tokenOf(
                steward,
                request,
                name,
                made.token(),
                made.hasEndedOldest()
                        ? "console.systems.rotated.ended"
                        : "console.systems.rotated.text");
    }

    private Response tokenOf(
            Steward steward, Request request, String name, Secret token, String what) {
        List<Part> parts =
                List.of(
                        new Paragraph(text(what)),
                        new Facts(
                                List.of(
                                        new Named(
                                                text("console.systems.token"),
                                                new Cell.Literal(token.reveal())),
                                        new Named(
                                                text("console.systems.address"),
                                                new Cell.Literal(address().toString())))),
                        new Button(text("console.systems.token.kept"), PLACE.path(name)));
        return ConsolePages.page(
                steward, request, PLACE, text("console.systems.token.title", name), parts);
    }

    private Response finish(Steward steward, String name) {
        return switch (systems.tenants().endFormerToken(name, steward.actor())) {
            case ENDED ->
                    ConsolePages.goTo(steward, ConsoleNotice.TOKEN_ENDED.at(PLACE.path(name)));
            case NOTHING_TO_END -> refusedAt(steward, name, text("console.systems.one-token"));
            case NO_SUCH_CLIENT -> ConsolePages.notFound(steward, PLACE);
        };
    }

    private Response remove(Steward steward, String name) {
        return systems.tenants().remove(name, systems.forget(), steward.actor())
                ? ConsolePages.goTo(steward, ConsoleNotice.SYSTEM_REMOVED.at(PLACE.path()))
                : ConsolePages.notFound(steward, PLACE);
    }

    private static Response refused(Steward steward, Text why) {
        return ConsolePages.refused(steward, PLACE, why, PLACE.path());
    }

    private static Response refusedAt(Steward steward, String name, Text why) {
        return ConsolePages.refused(steward, PLACE, why, PLACE.path(name));
    }
}
