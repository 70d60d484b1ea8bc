package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.oidc.OpenIdProvider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/auth/vestibule/console/providers`: whom people sign in with, how they answered last, what
/// depends on them, and what is to be entered there. Showing it asks nobody; a button does. All
/// homes have the same providers, so that whoever administers one sees them, with the people and
/// addresses of their own homes.
final class ProvidersPage implements ConsolePage {

    private static final ConsolePlace PLACE = ConsolePlace.PROVIDERS;

    private final GatewayConfig config;
    private final List<OpenIdProvider> providers;
    private final ProviderParts parts;

    ProvidersPage(GatewayConfig config, List<OpenIdProvider> providers, ProviderParts parts) {
        this.config = config;
        this.providers = List.copyOf(providers);
        this.parts = parts;
    }

    @Override
    public Response show(Steward steward, Request request) {
        List<Part> page = new ArrayList<>();
        page.add(
                new Quiet(
                        text(
                                config.providers().isEmpty()
                                        ? "console.providers.empty"
                                        : "console.providers.text")));
        for (OpenIdProviderConfig provider : config.providers()) {
            page.add(new Heading(Text.verbatim(provider.displayName())));
            page.addAll(parts.of(steward, provider, find(provider.id()).orElseThrow()));
        }
        return ConsolePages.page(steward, request, PLACE, PLACE.label(), page);
    }

    private Optional<OpenIdProvider> find(String id) {
        return providers.stream().filter(provider -> provider.id().equals(id)).findFirst();
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<OpenIdProvider> provider = request.form().single("provider").flatMap(this::find);
        if (provider.isEmpty()) {
            return ConsolePages.notFound(steward, PLACE);
        }
        return provider.get().ask()
                ? ConsolePages.goTo(steward, ConsoleNotice.PROVIDER_ASKED.at(PLACE.path()))
                : ConsolePages.refused(
                        steward,
                        PLACE,
                        text("console.providers.asked-already", provider.get().displayName()),
                        PLACE.path());
    }
}
