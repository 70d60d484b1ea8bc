package dev.vestibule.cli;

import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.firstrun.FirstRun.Afterwards;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.setup.SetupAddresses;
import dev.vestibule.setup.SetupFailed;
import dev.vestibule.setup.SetupFiles;
import dev.vestibule.setup.SetupPlan;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `setup`: asks, tries what was answered, and writes a first configuration. Nothing is made in
/// Home Assistant and nothing is written before every answer is known.
final class SetupCommand {

    private static final String FORCE = "--force";
    private static final String PAGE = "--page";

    private final Surroundings surroundings;
    private final ConfigOption config;
    private final Interview interview;
    private final FirstRunPage page;

    SetupCommand(Surroundings surroundings, ConfigOption config) {
        this.surroundings = surroundings;
        this.config = config;
        this.interview = new Interview(surroundings.terminal());
        this.page = new FirstRunPage(surroundings);
    }

    CommandSpec spec() {
        return new Action(
                        "setup",
                        "Ask for Home Assistant and the identity provider, try both, and write a"
                                + " configuration.",
                        this::run)
                .spec()
                .addOption(config.spec())
                .addOption(
                        OptionSpec.builder(FORCE)
                                .description("Replace files that exist already.")
                                .build())
                .addOption(
                        OptionSpec.builder(PAGE)
                                .description("Ask in a browser, and not here.")
                                .build())
                .addOption(page.listen());
    }

    private int run(ParseResult arguments) {
        SetupFiles files =
                new SetupFiles(
                        config.file(arguments), arguments.hasMatchedOption(FORCE), config::read);
        if (page.isWanted(arguments, PAGE)) {
            page.open(arguments, files, Afterwards.ENDS);
            return ExitCode.DONE;
        }
        try {
            return run(files);
        } catch (SetupFailed failed) {
            throw FirstRunPage.failed(failed, true);
        }
    }

    private int run(SetupFiles files) {
        files.requireRoom();
        Origin homeAssistant =
                interview.ask(
                        "Home Assistant's address, as this machine sees it",
                        "http://homeassistant.local:8123",
                        answer -> Reply.of(SetupAddresses.homeAssistant(answer)));
        SetupPlan plan = plan(homeAssistant);
        files.rehearse(plan);
        interview.say("");
        try (FirstVisit visit = SetupAddresses.visit(homeAssistant)) {
            Minting.Minted minted = new AdministratorInterview(interview).mint(visit);
            files.write(plan, minted);
            conclude(plan, files, minted);
        } catch (HomeAssistantUnavailable away) {
            throw new CommandFailed(away.reason() + ". Look whether it runs, and try again.");
        }
        return ExitCode.DONE;
    }

    private SetupPlan plan(Origin homeAssistant) {
        Origin publicUrl =
                interview.ask(
                        "The address that people will open, such as https://home.example.org",
                        "",
                        answer -> Reply.of(SetupAddresses.publicUrl(answer, homeAssistant)));
        interview.say("");
        Tried tried =
                new ProviderInterview(surroundings.time(), surroundings.secrets(), interview)
                        .ask(publicUrl);
        RolesConfig roles = new RolesInterview(interview).ask(tried);
        return new SetupPlan(homeAssistant, publicUrl, tried.provider(), roles);
    }

    /// What was written is read as `serve` will read it.
    private void conclude(SetupPlan plan, SetupFiles files, Minting.Minted minted) {
        ConfigResult result =
                ConfigReader.read(surroundings.time(), files.config(), surroundings.environment());
        switch (result) {
            case ConfigResult.Valid(_, var warnings) -> config.warn(files.config(), warnings);
            case ConfigResult.Invalid(var problems) ->
                    throw ConfigOption.failed(files.config(), problems);
        }
        interview.say("");
        interview.say(
                "Home Assistant "
                        + minted.version()
                        + " made the token '"
                        + minted.tokenName()
                        + "' in the name of "
                        + minted.userName()
                        + ".");
        if (!minted.isSignInEnded()) {
            interview.say(
                    "It did not end your sign-in of just now. End it in your profile there, among"
                            + " the refresh tokens.");
        }
        interview.say("Written, readable by you only: " + files.config());
        interview.say("At the provider, this redirect URI must be registered, exactly so:");
        interview.say("  " + plan.provider().redirectUri(plan.publicUrl()));
        if (plan.publicUrl().isSecure()) {
            interview.say("It listens on port " + Defaults.LISTEN.port() + " with plain http.");
            interview.say(
                    "Let your reverse proxy end TLS for "
                            + plan.publicUrl().authority()
                            + " and pass everything on there,");
            interview.say("websockets too; list its address under 'network: trusted-proxies'.");
        }
        interview.say("Start it: vestibule serve --config " + files.config());
    }
}
