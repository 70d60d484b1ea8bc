package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads who in front of the gateway is believed about people. Belongs to one thread.
final class AssertionReader {

    private static final String DEMAND = "require-upstream";

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /// RFC 9110 section 5.6.2, without the underscore: some proxies let a client's own header pass
    /// under that spelling.
    private static final Pattern HEADER =
            Pattern.compile("[A-Za-z]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?");

    /// Headers with a meaning of their own, which a proxy cannot lend.
    private static final Set<String> TAKEN =
            Set.of("authorization", "cookie", "host", "origin", "content-type", "content-length");

    /// RFC 7518 section 3.2: a key as long as the digest.
    private static final int SECRET_LENGTH_MIN = 32;

    private final SecretReader secrets;
    private final CaFiles caFiles;
    private final Unique<String> ids;
    private final Unique<String> headers;
    private final List<Located<HomeId>> homes = new ArrayList<>();
    private final Map<String, List<HomeId>> known = new LinkedHashMap<>();
    private final BesideProviders voices;

    AssertionReader(SecretReader secrets, CaFiles caFiles, Findings findings) {
        this.secrets = secrets;
        this.caFiles = caFiles;
        this.ids = new Unique<>(findings);
        this.headers = new Unique<>(findings);
        this.voices = new BesideProviders(findings);
    }

    List<AssertionConfig> readAll(Section root) {
        List<AssertionConfig> assertions = new ArrayList<>();
        for (Section section : root.children("assertions")) {
            read(section).ifPresent(assertions::add);
        }
        return assertions;
    }

    private Optional<AssertionConfig> read(Section section) {
        try (section) {
            Optional<String> id = id(section);
            AssertionPreset preset =
                    section.get(
                            "preset",
                            Formats.oneOf(AssertionPreset.values()),
                            AssertionPreset.GENERIC);
            AssertionFacts facts = AssertionFacts.of(preset);
            Optional<String> header = header(section, facts);
            boolean insecureHttp = section.get("insecure-http", Formats::truth, false);
            Optional<String> issuer =
                    section.require(
                            "issuer",
                            Formats::text,
                            "Write the 'iss' of the assertions, such as"
                                    + " https://team.cloudflareaccess.com.");
            issuer.ifPresent(
                    iss ->
                            voices.signs(
                                    new Located<>(
                                            iss,
                                            section.lineOf("issuer"),
                                            section.pathOf("issuer"))));
            List<String> audience = audience(section);
            boolean isShared = secrets.isGiven(section, "secret");
            List<Secret> secret = secret(section);
            List<URI> keys = keys(section, facts, issuer, isShared);
            keys.forEach(address -> judge(section, address, insecureHttp));
            Set<String> algorithms = ProviderReader.algorithms(section, facts.algorithms());
            Duration leeway =
                    section.get(
                            "clock-leeway",
                            Formats.duration(Duration.ZERO, AssertionConfig.CLOCK_LEEWAY_MAX),
                            AssertionConfig.DEFAULT_CLOCK_LEEWAY);
            ClaimPaths claims = ProviderReader.claims(section.child("claims"), facts.claims());
            List<Path> certificates = caFiles.read(section, "ca-file");
            List<HomeId> countsAt = homes(section);
            id.ifPresent(name -> known.put(name, countsAt));
            if (id.isEmpty()
                    || header.isEmpty()
                    || issuer.isEmpty()
                    || audience.isEmpty()
                    || keys.size() + secret.size() != 1) {
                return Optional.empty();
            }
            return Optional.of(
                    new AssertionConfig(
                            id.get(),
                            preset,
                            header.get(),
                            issuer.get(),
                            audience,
                            keys,
                            secret,
                            algorithms,
                            leeway,
                            claims,
                            certificates,
                            insecureHttp,
                            countsAt));
        }
    }

    private Optional<String> id(Section section) {
        Optional<String> id =
                section.require(
                        "id",
                        Formats.shaped(
                                ID.asMatchPredicate(),
                                "an id. Write up to 32 lower-case letters, digits and dashes"),
                        "Write a short name for this proxy, such as 'access'.");
        id.ifPresent(
                value ->
                        ids.claim(
                                new Located<>(value, section.lineOf("id"), section.pathOf("id")),
                                "Give every assertion an id of its own."));
        return id;
    }

    private Optional<String> header(Section section, AssertionFacts facts) {
        Optional<String> header =
                facts.header().isEmpty()
                        ? section.require(
                                "header",
                                AssertionReader::headerName,
                                "Write the name of the header in which the proxy sends its"
                                        + " assertion, or the 'preset' of a product that is known.")
                        : Optional.of(
                                section.get("header", AssertionReader::headerName, facts.header()));
        header.ifPresent(
                name ->
                        headers.claim(
                                new Located<>(
                                        name.toLowerCase(Locale.ROOT),
                                        section.lineOf("header"),
                                        section.pathOf("header")),
                                "Two proxies cannot speak in one header. For several audiences of"
                                        + " one proxy, list them under 'audience'."));
        return header;
    }

    private static Parsed<String> headerName(String text) {
        return HEADER.matcher(text).matches() && !TAKEN.contains(text.toLowerCase(Locale.ROOT))
                ? new Parsed.Good<>(text)
                : new Parsed.Bad<>(
                        "'"
                                + ForeignText.excerpt(text)
                                + "' is not the name of a header that a proxy could use. Write"
                                + " letters, digits and dashes.");
    }

    /// Attack: the proxy's word about its person at another application is replayed here. Only the
    /// audience tells them apart.
    private static List<String> audience(Section section) {
        if (!section.has("audience")) {
            section.problem(
                    "audience",
                    "'audience' is missing. Without it, an assertion for any other application"
                            + " behind the same proxy would open this one. Write the 'aud' that"
                            + " names this gateway: Cloudflare's AUD tag, Pomerium's host name,"
                            + " authentik's client id.");
        }
        List<String> audience =
                section.list("audience", Formats::text).stream().map(Located::value).toList();
        if (section.has("audience") && audience.isEmpty()) {
            section.problem("audience", "There is no value. Write the 'aud' of this gateway.");
        }
        return audience;
    }

    private List<Secret> secret(Section section) {
        if (!secrets.isGiven(section, "secret")) {
            return List.of();
        }
        String given = section.has("secret") ? "secret" : "secret-file";
        Optional<Secret> secret = secrets.line(section, "secret");
        if (secret.filter(value -> value.reveal().length() < SECRET_LENGTH_MIN).isPresent()) {
            section.problem(
                    given,
                    "This secret is shorter than "
                            + SECRET_LENGTH_MIN
                            + " characters, so that it could be guessed from one assertion. Give"
                            + " the proxy a longer one.");
            return List.of();
        }
        return secret.stream().toList();
    }

    private static List<URI> keys(
            Section section, AssertionFacts facts, Optional<String> issuer, boolean isShared) {
        if (isShared) {
            if (section.has("keys")) {
                section.problem("keys", "'secret' is given as well. Keep one of the two.");
            }
            if (section.has("algorithms")) {
                section.problem(
                        "algorithms",
                        "With a 'secret' the algorithm is HS256 and no other. Remove this line.");
            }
            return List.of();
        }
        if (section.has("keys")) {
            return section.find("keys", AssertionReader::address).stream().toList();
        }
        Optional<URI> known = issuer.flatMap(facts::keysOf);
        if (known.isEmpty() && issuer.isPresent()) {
            section.problem(
                    "keys",
                    "'keys' is missing. Write the address of the proxy's key set (JWKS), or"
                            + " 'secret-file' where it signs with a shared secret, as authentik's"
                            + " outposts do.");
        }
        return known.stream().toList();
    }

    private static Parsed<URI> address(String text) {
        try {
            URI uri = new URI(text);
            if (Origin.of(uri).isPresent()
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return new Parsed.Good<>(uri);
            }
        } catch (URISyntaxException unreadable) {
            // Told below, like any other text that is no address.
        }
        return new Parsed.Bad<>(
                "'"
                        + ForeignText.excerpt(text)
                        + "' is not an address. Write such as"
                        + " https://team.cloudflareaccess.com/cdn-cgi/access/certs.");
    }

    private static void judge(Section section, URI address, boolean insecureHttp) {
        boolean isPlain =
                Origin.of(address)
                        .filter(origin -> !origin.isSecure() && !origin.isLoopback())
                        .isPresent();
        if (isPlain && insecureHttp) {
            section.warning(
                    "keys",
                    "Plain http: everybody on the way to these keys can sign in as anybody. Use"
                            + " https as soon as you can.");
        } else if (isPlain) {
            section.problem(
                    "keys",
                    "The keys' address is plain http, so everybody on the way could sign in as"
                            + " anybody. Use https, or write 'insecure-http: true' beside it.");
        }
    }

    private List<HomeId> homes(Section section) {
        List<Located<HomeId>> listed =
                section.list("homes", HomeReader.NAME_FORMAT).stream()
                        .map(
                                name ->
                                        new Located<>(
                                                new HomeId(name.value()), name.line(), name.path()))
                        .toList();
        homes.addAll(listed);
        return listed.stream().map(Located::value).toList();
    }

    List<TrustedHeadersConfig> readTrustedHeaders(Section root) {
        List<TrustedHeadersConfig> trusted = new ArrayList<>();
        for (Section section : root.children("insecure-trusted-headers")) {
            readPlain(section).ifPresent(trusted::add);
        }
        return trusted;
    }

    private Optional<TrustedHeadersConfig> readPlain(Section section) {
        try (section) {
            voices.says(section);
            section.warning(
                    "peers",
                    "Nothing is signed: whoever can send a request from one of these addresses is"
                            + " whoever they say. Use 'assertions' where the proxy can sign.");
            List<Cidr> peers =
                    Networks.read(
                            section,
                            "peers",
                            "Everybody could then say who they are. Name the proxy itself.");
            if (!section.has("peers")) {
                section.problem(
                        "peers",
                        "'peers' is missing. Write the address from which the proxy connects, such"
                                + " as 172.18.0.2.");
            }
            String user =
                    section.get("user", AssertionReader::headerName, TrustedHeadersConfig.USER);
            String name =
                    section.get("name", AssertionReader::headerName, TrustedHeadersConfig.NAME);
            String groups =
                    section.get("groups", AssertionReader::headerName, TrustedHeadersConfig.GROUPS);
            List<HomeId> countsAt = homes(section);
            return peers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new TrustedHeadersConfig(peers, user, name, groups, countsAt));
        }
    }

    /// What one home demands of the way to it, after [#readAll].
    ///
    /// @param routes the section that may hold the demand
    RequireUpstreamConfig readDemand(Section routes, HomeId home) {
        boolean isWritten = routes.has(DEMAND);
        try (Section section = routes.child(DEMAND)) {
            List<Located<String>> assertion = section.list("assertion", Formats::text);
            assertion.forEach(id -> judge(section, id, home));
            List<Cidr> peers =
                    Networks.read(
                            section,
                            "peers",
                            "Everybody would then have come the right way. Name the proxy itself.");
            Set<String> exempt =
                    section
                            .list(
                                    "exempt",
                                    Formats.choice(
                                            RequireUpstreamConfig.EXEMPTIBLE, Function.identity()))
                            .stream()
                            .map(Located::value)
                            .collect(Collectors.toUnmodifiableSet());
            if (!exempt.isEmpty() && assertion.isEmpty() && peers.isEmpty()) {
                section.problem(
                        "exempt",
                        "Nothing is demanded that anything could be exempt from. Write 'assertion'"
                                + " or 'peers', or remove this line.");
            } else if (isWritten
                    && assertion.isEmpty()
                    && peers.isEmpty()
                    && !(section.has("assertion") && section.has("peers"))) {
                routes.problem(
                        DEMAND,
                        "Nothing is demanded, so that everybody still comes in beside the proxy."
                                + " Write 'assertion' or 'peers' below it, or remove it.");
            }
            if (!assertion.isEmpty() && peers.isEmpty()) {
                section.warning(
                        "assertion",
                        "While the proxy or its keys are away nobody comes in, and 'vestibule"
                                + " break-glass' opens nothing either. List the address of a"
                                + " machine at home under 'peers', from which you would then come"
                                + " in, or be ready for 'vestibule break-glass --rescue'.");
            }
            return new RequireUpstreamConfig(
                    assertion.stream().map(Located::value).toList(), peers, exempt);
        }
    }

    private void judge(Section section, Located<String> id, HomeId home) {
        List<HomeId> countsAt = known.get(id.value());
        if (countsAt == null) {
            section.problem(
                    "assertion",
                    "There is no assertion '"
                            + ForeignText.excerpt(id.value())
                            + "'. "
                            + (known.isEmpty()
                                    ? "Write it under 'assertions'."
                                    : Formats.suggestion(id.value(), List.copyOf(known.keySet()))));
        } else if (!countsAt.isEmpty() && !countsAt.contains(home)) {
            section.problem(
                    "assertion", "'" + id.value() + "' does not count at the home '" + home + "'.");
        }
    }

    /// After the providers are known.
    void checkBeside(List<OpenIdProviderConfig> providers) {
        voices.check(providers);
    }

    /// After the homes are known: every name that was written must be one of theirs.
    void checkHomes(List<HomeConfig> known, Findings findings) {
        Set<HomeId> names = new HashSet<>();
        known.forEach(home -> names.add(home.name()));
        for (Located<HomeId> home : homes) {
            if (!names.contains(home.value())) {
                findings.problem(
                        home.line(),
                        home.path(),
                        "There is no home '"
                                + home.value()
                                + "'. "
                                + Formats.suggestion(
                                        home.value().value(),
                                        names.stream().map(HomeId::value).sorted().toList()));
            }
        }
    }
}
