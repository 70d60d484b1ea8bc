package dev.vestibule.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the identity providers of a file.
final class ProviderReader {

    /// RFC 6749 section 3.3: a scope has no spaces and no quotes.
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128}");

    private static final URI GOOGLE = URI.create("https://accounts.google.com");

    private static final Pattern CLAIM = Pattern.compile("\\S{1,256}");

    static final Format<String> CLAIM_PATH =
            Formats.shaped(
                    CLAIM.asMatchPredicate(),
                    "the path of a claim. Write names joined by dots, without spaces");

    /// Asymmetric ones only: with a symmetric one, whoever knows our secret could sign as anybody.
    private static final List<String> ALGORITHMS =
            List.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                    "EdDSA");

    /// More often, and every person costs the provider more than they are worth.
    private static final Duration CHECK_EVERY_MIN = Duration.ofSeconds(10);

    private static final Duration CHECK_EVERY_MAX = Duration.ofDays(1);
    private static final Duration MAX_AGE_MIN = Duration.ofMinutes(1);
    private static final Duration MAX_AGE_MAX = Duration.ofDays(365);

    private final CaFiles caFiles;
    private final ClientAuthenticationReader authentications;
    private final Unique<String> ids;

    ProviderReader(SecretReader secrets, CaFiles caFiles, Findings findings) {
        this.caFiles = caFiles;
        this.authentications = new ClientAuthenticationReader(secrets);
        this.ids = new Unique<>(findings);
    }

    List<OpenIdProviderConfig> readAll(Section root) {
        List<Section> sections = root.children("providers");
        if (sections.isEmpty()) {
            root.problem(
                    "providers",
                    "There is no identity provider. Write 'providers' with 'id', 'issuer' and"
                            + " 'client-id', or run 'vestibule setup'.");
        }
        List<OpenIdProviderConfig> providers = new ArrayList<>();
        for (Section section : sections) {
            read(section).ifPresent(providers::add);
        }
        return providers;
    }

    private Optional<OpenIdProviderConfig> read(Section section) {
        try (section) {
            Optional<String> id = id(section);
            String name = section.find("name", Formats::text).or(() -> id).orElse("");
            boolean insecureHttp = section.get("insecure-http", Formats::truth, false);
            Optional<URI> issuer = issuer(section, insecureHttp);
            Optional<String> clientId =
                    section.require(
                            "client-id",
                            Formats::text,
                            "Write the client id that the provider gave to Vestibule.");
            Optional<ClientAuthentication> authentication = authentications.read(section);
            List<String> scopes = scopes(section);
            ClaimPaths claims = claims(section.child("claims"), ClaimPaths.DEFAULTS);
            Set<String> algorithms = algorithms(section, OpenIdProviderConfig.DEFAULT_ALGORITHMS);
            List<Path> certificates = caFiles.read(section, "ca-file");
            UserInfoUse userInfo =
                    section.get(
                            "user-info",
                            Formats.oneOf(UserInfoUse.values()),
                            UserInfoUse.WHEN_CLAIMS_ARE_MISSING);
            PushedAuthorization pushed =
                    section.get(
                            "pushed-authorization",
                            Formats.oneOf(PushedAuthorization.values()),
                            PushedAuthorization.WHEN_OFFERED);
            List<String> requiredAcr = values(section.list("required-acr", Formats::text));
            ProviderPreset preset =
                    section.get(
                            "preset", Formats.oneOf(ProviderPreset.values()), ProviderPreset.NONE);
            FreshSignIn freshSignIn =
                    section.get(
                            "fresh-sign-in",
                            Formats.oneOf(FreshSignIn.values()),
                            OpenIdProviderConfig.freshSignIn(preset));
            issuer.ifPresent(address -> judgeGoogle(section, address, freshSignIn));
            LivenessConfig liveness = liveness(section.child("liveness"), preset);
            ScimConfig scim = ScimReader.read(section.child("scim"));
            if (id.isEmpty()
                    || issuer.isEmpty()
                    || clientId.isEmpty()
                    || authentication.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new OpenIdProviderConfig(
                            id.get(),
                            name,
                            issuer.get(),
                            clientId.get(),
                            authentication.get(),
                            scopes,
                            claims,
                            algorithms,
                            certificates,
                            userInfo,
                            pushed,
                            requiredAcr,
                            insecureHttp,
                            preset,
                            freshSignIn,
                            liveness,
                            scim));
        }
    }

    private Optional<String> id(Section section) {
        Optional<String> id =
                section.require(
                        "id",
                        Formats.shaped(
                                OpenIdProviderConfig::isId,
                                "an id. Write up to 32 lower-case letters, digits and dashes"),
                        "Write a short name for this provider, such as 'authentik'; it becomes part"
                                + " of the redirect URI.");
        id.ifPresent(
                value ->
                        ids.claim(
                                new Located<>(value, section.lineOf("id"), section.pathOf("id")),
                                "Give every provider an id of its own."));
        return id;
    }

    private static Optional<URI> issuer(Section section, boolean insecureHttp) {
        Optional<URI> issuer =
                section.require(
                        "issuer",
                        Formats::issuer,
                        "Copy \"issuer\" from the provider's discovery document.");
        issuer.flatMap(Origin::of)
                .filter(origin -> !origin.isSecure() && !origin.isLoopback())
                .ifPresent(origin -> judgePlainHttp(section, insecureHttp));
        return issuer;
    }

    private static void judgePlainHttp(Section section, boolean insecureHttp) {
        if (insecureHttp) {
            section.warning(
                    "issuer",
                    "Plain http: everybody on the way to this provider can sign in as anybody. Use"
                            + " https as soon as you can.");
        } else {
            section.problem(
                    "issuer",
                    "The issuer is plain http, so everybody on the way could sign in as anybody."
                            + " Use https, or write 'insecure-http: true' beside it.");
        }
    }

    /// Nobody who signs in there could let an app in, and nobody would see why.
    private static void judgeGoogle(Section section, URI issuer, FreshSignIn freshSignIn) {
        if (issuer.equals(GOOGLE) && freshSignIn != FreshSignIn.SELECT_ACCOUNT) {
            section.warning(
                    "issuer",
                    "Google does not say when somebody signed in, so that nobody from there can let"
                            + " an app in or add a passkey. Write 'preset: google'.");
        }
    }

    /// `openid` is what makes it a sign-in (OIDC Core section 3.1.2.1), so it need not be written.
    private static List<String> scopes(Section section) {
        if (!section.has("scopes")) {
            return OpenIdProviderConfig.DEFAULT_SCOPES;
        }
        Set<String> scopes = new LinkedHashSet<>();
        scopes.add("openid");
        scopes.addAll(
                values(
                        section.list(
                                "scopes",
                                Formats.shaped(
                                        SCOPE.asMatchPredicate(),
                                        "one scope. Write each as an entry of the list, such as"
                                                + " [openid, profile]"))));
        return List.copyOf(scopes);
    }

    static ClaimPaths claims(Section section, ClaimPaths defaults) {
        try (section) {
            return new ClaimPaths(
                    section.get("username", CLAIM_PATH, defaults.username()),
                    section.get("name", CLAIM_PATH, defaults.name()),
                    section.get("picture", CLAIM_PATH, defaults.picture()),
                    section.get("groups", CLAIM_PATH, defaults.groups()));
        }
    }

    private static LivenessConfig liveness(Section section, ProviderPreset preset) {
        try (section) {
            LivenessConfig defaults = LivenessConfig.DEFAULTS;
            return new LivenessConfig(
                    section.get("enabled", Formats::truth, defaults.enabled()),
                    section.get(
                            "check-every",
                            Formats.duration(CHECK_EVERY_MIN, CHECK_EVERY_MAX),
                            defaults.checkEvery()),
                    section.get(
                            "max-age",
                            Formats.duration(MAX_AGE_MIN, MAX_AGE_MAX),
                            defaults.maxAge()),
                    section.get(
                            "proves-disablement",
                            Formats.oneOf(DisablementProof.values()),
                            LivenessConfig.disablementProof(preset)),
                    section.get("offline-access", Formats::truth, defaults.offlineAccess()));
        }
    }

    static Set<String> algorithms(Section section, Set<String> defaults) {
        List<String> listed =
                values(section.list("algorithms", Formats.choice(ALGORITHMS, Function.identity())));
        if (!listed.isEmpty()) {
            return Set.copyOf(new LinkedHashSet<>(listed));
        }
        return defaults;
    }

    private static List<String> values(List<Located<String>> located) {
        return located.stream().map(Located::value).collect(Collectors.toUnmodifiableList());
    }
}
