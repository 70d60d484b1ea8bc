package dev.vestibule.cli;

import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.FirstVisit.Minting;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// `setup`: asks, tries what was answered, and writes a first configuration. Nothing is made in
/// Home Assistant and nothing is written before every answer is known.
final class SetupCommand {

    private static final String FORCE = "--force";

    private final Surroundings surroundings;
    private final ConfigOption config;
    private final Interview interview;

    SetupCommand(Surroundings surroundings, ConfigOption config) {
        this.surroundings = surroundings;
        this.config = config;
        this.interview = new Interview(surroundings.terminal());
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
                                .build());
    }

    private int run(ParseResult arguments) {
        SetupFiles files =
                new SetupFiles(config.file(arguments), arguments.hasMatchedOption(FORCE));
        files.requireRoom();
        Origin homeAssistant =
                interview.ask(
                        "Home Assistant's address, as this machine sees it",
                        "http://homeassistant.local:8123",
                        SetupCommand::homeAssistant);
        SetupPlan plan = plan(homeAssistant);
        files.requireFree(files.clientSecret(plan.provider()));
        interview.say("");
        try (FirstVisit visit = visit(homeAssistant)) {
            Minting.Minted minted = new AdministratorInterview(interview).mint(visit);
            files.write(plan, minted.token());
            conclude(plan, files, minted);
        } catch (HomeAssistantUnavailable away) {
            throw new CommandFailed(away.reason() + ". Look whether it runs, and try again.");
        }
        return ExitCode.DONE;
    }

    private static FirstVisit visit(Origin homeAssistant) {
        return new FirstVisit(URI.create(homeAssistant.toString()), List.of());
    }

    private static Reply<Origin> homeAssistant(String answer) {
        List<Origin> origins = Origin.parse(answer).stream().toList();
        if (origins.isEmpty()) {
            return new Reply.Bad<>(
                    "Write scheme, host and port only, such as http://homeassistant:8123.");
        }
        try (FirstVisit visit = visit(origins.getFirst())) {
            return switch (visit.look()) {
                case HOME_ASSISTANT -> new Reply.Good<>(origins.getFirst());
                case NOT_ONBOARDED ->
                        new Reply.Bad<>(
                                "This Home Assistant has no users yet. Open it in a browser and"
                                        + " finish its own set-up first.");
                case SOMETHING_ELSE -> new Reply.Bad<>("What answers there is not Home Assistant.");
            };
        } catch (HomeAssistantUnavailable away) {
            return new Reply.Bad<>(
                    away.reason() + ". Check the address, and that this machine reaches it.");
        }
    }

    private SetupPlan plan(Origin homeAssistant) {
        Origin publicUrl =
                interview.ask(
                        "The address that people will open, such as https://home.example.org",
                        "",
                        answer -> publicUrl(answer, homeAssistant));
        interview.say("");
        OpenIdProviderConfig provider =
                new ProviderInterview(surroundings.time(), surroundings.secrets(), interview)
                        .ask(publicUrl);
        interview.say("");
        interview.say("Who may do what follows from the groups that the provider sends.");
        Set<String> admin = groups("Groups whose members administer (several with commas)");
        Set<String> user = groups("Groups whose members use the house");
        List<Role> otherwise = otherwise(!admin.isEmpty() || !user.isEmpty());
        return new SetupPlan(
                homeAssistant,
                publicUrl,
                provider,
                new RolesConfig(admin, user, Set.of(), otherwise));
    }

    private static Reply<Origin> publicUrl(String answer, Origin homeAssistant) {
        List<Origin> origins = Origin.parse(answer).stream().toList();
        if (origins.isEmpty()) {
            return new Reply.Bad<>(
                    "Write scheme, host and port only, such as https://home.example.org.");
        }
        Origin origin = origins.getFirst();
        if (origin.equals(homeAssistant)) {
            return new Reply.Bad<>(
                    "This is Home Assistant's own address. People open Vestibule's, which is"
                            + " another one.");
        }
        return isSafe(origin)
                ? new Reply.Good<>(origin)
                : new Reply.Bad<>(
                        "Write an https address. (Plain http needs 'insecure-http', which is"
                                + " written into the configuration by hand.)");
    }

    /// Plain http only where nobody is on the way.
    static boolean isSafe(Origin origin) {
        return origin.isSecure() || origin.isLoopback();
    }

    private Set<String> groups(String question) {
        return interview.ask(
                question + ", or nothing",
                "",
                answer ->
                        new Reply.Good<>(
                                Arrays.stream(answer.split(",", -1))
                                        .map(String::strip)
                                        .filter(name -> !name.isEmpty())
                                        .collect(Collectors.toUnmodifiableSet())));
    }

    private List<Role> otherwise(boolean isAnybodyNamed) {
        return interview.ask(
                "Everybody else whom the provider lets in (refuse, viewer, user, admin)",
                isAnybodyNamed ? "refuse" : "user",
                answer ->
                        switch (answer.toLowerCase(Locale.ROOT)) {
                            case "refuse" ->
                                    isAnybodyNamed
                                            ? new Reply.Good<>(List.of())
                                            : new Reply.Bad<>("Nobody could sign in then.");
                            case "viewer" -> new Reply.Good<>(List.of(Role.VIEWER));
                            case "user" -> new Reply.Good<>(List.of(Role.USER));
                            case "admin" -> new Reply.Good<>(List.of(Role.ADMIN));
                            default -> new Reply.Bad<>("Write refuse, viewer, user or admin.");
                        });
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
