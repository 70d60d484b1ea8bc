package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.visit.LongList;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/auth/vestibule/console/groups`: which groups give which role at the steward's homes, which
/// groups were sent, and what a token would give. The trial is posted, since a token does not
/// belong into an address, and answered by a page; it changes nothing, and what was pasted is kept
/// nowhere.
final class GroupsPage implements ConsolePage {

    private static final ConsolePlace PLACE = ConsolePlace.GROUPS;

    private final GatewayConfig config;
    private final MappingParts mappings;
    private final SentGroupParts sent;
    private final TokenTrialParts trial;

    GroupsPage(
            GatewayConfig config,
            MappingParts mappings,
            SentGroupParts sent,
            TokenTrialParts trial) {
        this.config = config;
        this.mappings = mappings;
        this.sent = sent;
        this.trial = trial;
    }

    @Override
    public Response show(Steward steward, Request request) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Quiet(text("console.groups.text")));
        parts.addAll(mappings.of(steward));
        // Identity systems are those of every home.
        if (steward.mayEnter(ConsolePlace.IDENTITY_SYSTEMS)) {
            parts.addAll(sent.of(LongList.of(LocalAddress.of(PLACE.path()), request)));
        }
        parts.add(new Heading(text("console.groups.trial")));
        parts.addAll(trial.form());
        return ConsolePages.page(steward, request, PLACE, PLACE.label(), parts);
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<OpenIdProviderConfig> provider =
                request.form()
                        .single("provider")
                        .flatMap(
                                id ->
                                        config.providers().stream()
                                                .filter(one -> one.id().equals(id))
                                                .findFirst());
        if (provider.isEmpty()) {
            return ConsolePages.notFound(steward, PLACE);
        }
        String pasted = request.form().single("token").orElse("");
        List<Part> parts = new ArrayList<>(trial.outcome(steward, provider.get(), pasted));
        parts.add(new Heading(text("console.groups.trial.again")));
        parts.addAll(trial.form());
        return ConsolePages.page(steward, request, PLACE, text("console.groups.trial"), parts);
    }
}
