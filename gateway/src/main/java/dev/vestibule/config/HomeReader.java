package dev.vestibule.config;

import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the homes of a file, and checks each against the others.
final class HomeReader {

    private static final Format<Duration> LIFETIME =
            Formats.lifetime(Duration.ofMinutes(1), Duration.ofDays(3_650));
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    static final Format<String> NAME_FORMAT =
            Formats.shaped(
                    NAME.asMatchPredicate(),
                    "a name. Write up to 32 lower-case letters, digits and dashes");

    private static final Duration MIGRATION_MAX = Duration.ofDays(3650);

    /// The words of `otherwise`: the three roles, and the refusal.
    private static final List<List<Role>> OTHERWISE =
            List.of(List.of(), List.of(Role.VIEWER), List.of(Role.USER), List.of(Role.ADMIN));

    private final SecretReader secrets;
    private final CaFiles caFiles;
    private final AssertionReader inFront;
    private final CertificateSource certificates;
    private final Unique<HomeId> names;
    private final Unique<Origin> origins;

    /// @param inFront has read what proxies in front say
    HomeReader(
            SecretReader secrets,
            CaFiles caFiles,
            AssertionReader inFront,
            CertificateSource certificates,
            Findings findings) {
        this.secrets = secrets;
        this.caFiles = caFiles;
        this.inFront = inFront;
        this.certificates = certificates;
        this.names = new Unique<>(findings);
        this.origins = new Unique<>(findings);
    }

    /// The homes, whether they are a list `homes` or one section `home`.
    List<HomeConfig> readAll(Section root) {
        boolean isList = root.has("homes");
        boolean isOne = root.has("home");
        if (isList && isOne) {
            root.problem("home", "'homes' is given as well. Put this home into that list.");
        }
        List<HomeConfig> homes = new ArrayList<>();
        List<Section> sections = new ArrayList<>(root.children("homes"));
        if (isOne) {
            sections.add(root.child("home"));
        } else if (sections.isEmpty()) {
            root.problem(
                    isList ? "homes" : "home",
                    "There is no home. Write a section 'home' with 'public-url' and"
                            + " 'home-assistant', or run 'vestibule setup'.");
        }
        for (Section section : sections) {
            read(section).ifPresent(homes::add);
        }
        return homes;
    }

    private Optional<HomeConfig> read(Section section) {
        try (section) {
            HomeId name =
                    section.find("name", NAME_FORMAT).map(HomeId::new).orElse(Defaults.HOME_NAME);
            names.claim(
                    new Located<>(name, section.lineOf("name"), section.pathOf("name")),
                    "Give every home a 'name' of its own.");
            boolean insecureHttp = section.get("insecure-http", Formats::truth, false);
            Optional<Origin> publicUrl = publicUrl(section, insecureHttp);
            List<Origin> further = origins(section, insecureHttp);
            Optional<HomeAssistantConfig> homeAssistant =
                    homeAssistant(section.child("home-assistant"));
            RolesConfig roles = roles(section.child("roles"));
            RoutesConfig routes = routes(section.child("routes"), name);
            SessionConfig session = session(section.child("session"));
            AppsConfig apps = apps(section.child("apps"));
            SignInConfig signIn = SignInReader.read(section.child("sign-in"), certificates);
            ClientsConfig clients = ClientsReader.read(section.child("clients"));
            ExistingTokens existingTokens =
                    section.get(
                            "existing-tokens",
                            Formats.oneOf(ExistingTokens.values()),
                            Defaults.EXISTING_TOKENS);
            LongLivedTokens longLivedTokens =
                    section.get(
                            "long-lived-tokens",
                            Formats.oneOf(LongLivedTokens.values()),
                            Defaults.LONG_LIVED_TOKENS);
            Duration webhookMigration =
                    section.get(
                            "webhook-migration",
                            Formats.duration(Duration.ZERO, MIGRATION_MAX),
                            Defaults.WEBHOOK_MIGRATION);
            if (signIn.passkeys() && publicUrl.filter(url -> !url.hasPasskeys()).isPresent()) {
                section.problem(
                        "sign-in",
                        "Browsers have passkeys for names on https only, and 'public-url' is none."
                                + " Give the home a name, such as https://home.example.org, or take"
                                + " 'passkeys' out.");
            }
            refuseTalkingToOurselves(section, publicUrl.stream().toList(), homeAssistant);
            refuseTalkingToOurselves(section, further, homeAssistant);
            return publicUrl.flatMap(
                    url ->
                            homeAssistant.map(
                                    house ->
                                            new HomeConfig(
                                                    name,
                                                    url,
                                                    further,
                                                    insecureHttp,
                                                    house,
                                                    roles,
                                                    routes,
                                                    session,
                                                    apps,
                                                    signIn,
                                                    clients,
                                                    existingTokens,
                                                    longLivedTokens,
                                                    webhookMigration)));
        }
    }

    private Optional<Origin> publicUrl(Section section, boolean insecureHttp) {
        Optional<Origin> url =
                section.require(
                        "public-url",
                        Formats::origin,
                        "Write the address that people open, such as https://home.example.org.");
        url.ifPresent(
                origin ->
                        claim(
                                section,
                                insecureHttp,
                                new Located<>(
                                        origin,
                                        section.lineOf("public-url"),
                                        section.pathOf("public-url"))));
        return url;
    }

    private List<Origin> origins(Section section, boolean insecureHttp) {
        List<Located<Origin>> listed = section.list("origins", Formats::origin);
        listed.forEach(origin -> claim(section, insecureHttp, origin));
        return listed.stream().map(Located::value).toList();
    }

    private void claim(Section section, boolean insecureHttp, Located<Origin> origin) {
        origins.claim(origin, "Every address leads to one home and is written once.");
        if (origin.value().isSecure() || origin.value().isLoopback()) {
            return;
        }
        Findings findings = section.reading().findings();
        if (insecureHttp) {
            findings.warning(
                    origin.line(),
                    origin.path(),
                    "Plain http: everybody on the way can read and take over what is signed in at '"
                            + origin.value()
                            + "'. Use https as soon as you can.");
        } else {
            findings.problem(
                    origin.line(),
                    origin.path(),
                    "'"
                            + origin.value()
                            + "' is plain http, so everybody on the way could take over a session."
                            + " Use https, or write 'insecure-http: true' beside it.");
        }
    }

    private Optional<HomeAssistantConfig> homeAssistant(Section section) {
        try (section) {
            Optional<URI> url =
                    section.require(
                                    "url",
                                    Formats::origin,
                                    "Write Home Assistant's address as this machine sees it, such"
                                            + " as http://homeassistant:8123.")
                            .map(origin -> URI.create(origin.toString()));
            if (!secrets.isGiven(section, "token")) {
                section.problem(
                        "token",
                        "'token' is missing. Run 'vestibule setup', or write 'token-file' with a"
                                + " long-lived access token of an administrator.");
            }
            Optional<Secret> token = secrets.line(section, "token");
            List<Path> certificates = caFiles.read(section, "ca-file");
            return url.flatMap(
                    address ->
                            token.map(
                                    secret ->
                                            new HomeAssistantConfig(
                                                    address, secret, certificates)));
        }
    }

    /// A gateway that asks itself would go round in circles until the sockets run out.
    private static void refuseTalkingToOurselves(
            Section section, List<Origin> ours, Optional<HomeAssistantConfig> homeAssistant) {
        homeAssistant
                .flatMap(house -> Origin.of(house.url()))
                .filter(ours::contains)
                .ifPresent(
                        origin ->
                                section.problem(
                                        "home-assistant",
                                        "'"
                                                + origin
                                                + "' is an address of Vestibule itself. Write where"
                                                + " Home Assistant listens behind it."));
    }

    private static RolesConfig roles(Section section) {
        try (section) {
            Set<String> admin = groups(section, "admin");
            Set<String> user = groups(section, "user");
            Set<String> viewer = groups(section, "viewer");
            List<Role> otherwise =
                    section.get(
                            "otherwise",
                            Formats.choice(OTHERWISE, HomeReader::word),
                            Defaults.ROLES.otherwise());
            RolesConfig roles = new RolesConfig(admin, user, viewer, otherwise);
            judge(section, roles);
            return roles;
        }
    }

    private static Set<String> groups(Section section, String key) {
        return section.list(key, Formats::text).stream()
                .map(Located::value)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void judge(Section section, RolesConfig roles) {
        boolean nobodyIsNamed =
                roles.admin().isEmpty() && roles.user().isEmpty() && roles.viewer().isEmpty();
        if (nobodyIsNamed && roles.otherwise().isEmpty()) {
            section.problem(
                    "otherwise",
                    "Nobody could sign in: no group has a role, and everybody else is refused."
                            + " Write groups of your provider under 'admin' and 'user', or"
                            + " 'otherwise: user'.");
        } else if (roles.otherwise().contains(Role.ADMIN)) {
            section.warning(
                    "otherwise",
                    "Everybody whom a provider lets in administers this home. Name a group under"
                            + " 'admin' instead.");
        } else if (roles.admin().isEmpty()) {
            section.warning(
                    "admin",
                    "Nobody who signs in here can administer this home. Write a group of your"
                            + " provider under 'admin'.");
        }
    }

    /// How `otherwise` writes a role, or the refusal.
    static String word(List<Role> otherwise) {
        return otherwise.isEmpty() ? "refuse" : Formats.word(otherwise.getFirst());
    }

    private static SessionConfig session(Section section) {
        try (section) {
            return sensible(
                    section,
                    new SessionConfig(
                            section.get("idle-timeout", LIFETIME, Defaults.SESSION.idleTimeout()),
                            section.get("lifetime", LIFETIME, Defaults.SESSION.lifetime())));
        }
    }

    private static AppsConfig apps(Section section) {
        try (section) {
            return sensible(
                    section,
                    new AppsConfig(
                            section.get("idle-timeout", LIFETIME, Defaults.APPS.idleTimeout()),
                            section.get("lifetime", LIFETIME, Defaults.APPS.lifetime())));
        }
    }

    private static <T extends Lifetimes> T sensible(Section section, T lifetimes) {
        if (lifetimes.idleTimeout().compareTo(lifetimes.lifetime()) > 0) {
            section.problem(
                    "idle-timeout",
                    "This is longer than 'lifetime' ("
                            + Formats.words(lifetimes.lifetime())
                            + "), so it would never count. Shorten it, or lengthen that.");
        }
        return lifetimes;
    }

    private RoutesConfig routes(Section section, HomeId home) {
        try (section) {
            RoutesConfig defaults = Defaults.ROUTES;
            return new RoutesConfig(
                    section.get(
                            "shell", Formats.oneOf(RoutesConfig.Shell.values()), defaults.shell()),
                    section.get(
                            "public-files",
                            Formats.oneOf(RoutesConfig.PublicFiles.values()),
                            defaults.publicFiles()),
                    section.get(
                            "capability",
                            Formats.oneOf(RoutesConfig.Capability.values()),
                            defaults.capability()),
                    new WebhookReader(secrets).readAll(section),
                    inFront.readDemand(section, home));
        }
    }
}
