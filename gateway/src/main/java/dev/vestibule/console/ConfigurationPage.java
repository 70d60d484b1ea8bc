package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.config.ConfigInForce;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.http.Page.Part.Listing;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

import java.util.List;

/// `/auth/vestibule/console/configuration`: the configuration as it is in force, as `vestibule
/// check` prints it, without secrets. It is changed in its file.
final class ConfigurationPage implements ConsolePage {

    private final String yaml;

    ConfigurationPage(GatewayConfig config) {
        this.yaml = ConfigInForce.yaml(config);
    }

    @Override
    public Response show(Steward steward, Request request) {
        return ConsolePages.page(
                steward,
                request,
                ConsolePlace.CONFIGURATION,
                ConsolePlace.CONFIGURATION.label(),
                List.of(
                        new Quiet(text("console.configuration.text")),
                        new Listing(ConsolePlace.CONFIGURATION.label(), yaml)));
    }

    @Override
    public Response change(Steward steward, Request request) {
        return ConsolePages.notFound(steward, ConsolePlace.CONFIGURATION);
    }
}
