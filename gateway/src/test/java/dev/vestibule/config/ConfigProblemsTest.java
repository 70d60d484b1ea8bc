package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every kind of problem, on the line that is marked with `#!`.
final class ConfigProblemsTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
    }

    /// The smallest configuration with one line replaced, which gets the mark.
    private static String least(String line, String replacement) {
        assertThat(ConfigFile.LEAST).contains(line);
        return ConfigFile.LEAST.replace(line, replacement + " #!");
    }

    /// The smallest configuration without one line; the mark is on the line that lacks it.
    private static Arguments missing(String line, String in, String path, String sentence) {
        assertThat(ConfigFile.LEAST).contains(line).contains(in);
        String yaml = ConfigFile.LEAST.replace(line, "").replace(in, in + " #!");
        return arguments(yaml, path, sentence);
    }

    private static String leastAnd(String more) {
        return ConfigFile.LEAST + more;
    }

    private static Arguments root(String more, String path, String sentence) {
        return arguments(leastAnd(more), path, sentence);
    }

    private static Arguments home(String line, String replacement, String path, String sentence) {
        return arguments(least(line, replacement), "home." + path, sentence);
    }

    private static Arguments webhooks(String entry, String path, String sentence) {
        return home(
                "public-url: https://home.example.org",
                "public-url: https://a.b\n  routes: {webhooks: [" + entry + "]}",
                "routes.webhooks[0]" + path,
                sentence);
    }

    private static Arguments lifetimes(String section, String path, String sentence) {
        return home(
                "public-url: https://home.example.org",
                "public-url: https://a.b\n  " + section,
                path,
                sentence);
    }

    private static Arguments provider(String more, String path, String sentence) {
        return arguments(leastAnd("    " + more + " #!\n"), "providers[0]." + path, sentence);
    }

    static Stream<Arguments> problems() {
        return Stream.of(form(), root(), certificateProxies(), inFront(), homes(), providers())
                .flatMap(List::stream);
    }

    private static List<Arguments> form() {
        return List.of(
                root("limits: [ #!\n", "", "This is not YAML"),
                root("limits: {sockets: 1}\nlimits: {} #!\n", "limits", "given on line 12"),
                root("---\nlisten: {} #!\n", "", "A second document begins here"),
                arguments("- a #!\n", "", "Begin with a key"),
                root("listen: &a {} #!\n", "", "Anchors (&) and aliases (*) are not read"),
                root("limits: {sockets: *a} #!\n", "", "Anchors (&) and aliases (*)"),
                root("limits: {sockets: !!str 9} #!\n", "", "Tags (!) are not read"),
                root("limits: " + "{a: ".repeat(20) + "}".repeat(20) + " #!\n", "", "too deeply"),
                root("limit: {} #!\n", "limit", "Did you mean 'limits'?"),
                root("data_directory: x #!\n", "data_directory", "Did you mean 'data-directory'?"),
                root(
                        "colour: red #!\n",
                        "colour",
                        "is unknown here. Write data-directory, master-key-file"),
                root("redirect_uri: red #!\n", "redirect_uri", "It follows from 'public-url'"),
                root("listen: 8124 #!\n", "listen", "Keys are expected here"),
                root("listen:\n  port: #!\n", "listen.port", "There is no value"),
                root("listen:\n  port: [1] #!\n", "listen.port", "This is a list"),
                root("listen:\n  port: {a: 1} #!\n", "listen.port", "This holds keys"),
                root("data-directory: ${X} #!\n", "data-directory", "variable X is not set"),
                root("data-directory: ${X #!\n", "data-directory", "Write ${NAME}"),
                root("data-directory: ${a b} #!\n", "data-directory", "Write ${NAME}"));
    }

    private static List<Arguments> root() {
        return List.of(
                root("listen: {port: 65536} #!\n", "listen.port", "from 0 to 65535"),
                root("listen: {port: http} #!\n", "listen.port", "is not a whole number"),
                root("listen: {address: localhost} #!\n", "listen.address", "is not an address"),
                root("data-directory: '' #!\n", "data-directory", "This is empty"),
                root("network: {lan: home} #!\n", "network.lan", "is not a network"),
                root("network: {lan: 10.0.0.1/8} #!\n", "network.lan", "host bits are zero"),
                root("network: {lan: [0.0.0.0/0]} #!\n", "network.lan[0]", "the whole internet"),
                root(
                        "network:\n  trusted-proxies:\n    - 10.0.0.1\n    - ::/0 #!\n",
                        "network.trusted-proxies[1]",
                        "the whole internet"),
                root("limits: {connections: 0} #!\n", "limits.connections", "from 1 to"),
                root("limits: {sockets: -1} #!\n", "limits.sockets", "from 1 to"),
                root("limits: {sign-ins: 0} #!\n", "limits.sign-ins", "from 1 to"),
                root("limits: {sign-ins-per-minute: 0} #!\n", "limits.sign-ins-per", "from 1"),
                root("limits: {token-questions-per-minute: 0} #!\n", "limits.token-q", "from 1"));
    }

    private static Arguments assertion(String keys, String path, String sentence) {
        return root("assertions: [{" + keys + "}] #!\n", "assertions[0]." + path, sentence);
    }

    private static Arguments demand(String keys, String path, String sentence) {
        return arguments(
                least(
                                "public-url: https://home.example.org",
                                "public-url: https://a.b\n  routes: {require-upstream: {"
                                        + keys
                                        + "}}")
                        + "assertions:\n  - {id: cf, preset: cloudflare-access,"
                        + " issuer: 'https://t.c', audience: a, homes: [home]}\n",
                "home.routes.require-upstream." + path,
                sentence);
    }

    private static Arguments kiosks(String entries, String path, String sentence) {
        return home(
                "public-url: https://home.example.org",
                "public-url: https://a.b\n  sign-in: {kiosks: [" + entries + "]}",
                "sign-in.kiosks" + path,
                sentence);
    }

    private static Arguments certificateProxies(String list, String path, String sentence) {
        return root(
                "network: {client-certificate-proxies: " + list + "} #!\n",
                "network.client-certificate-proxies" + path,
                sentence);
    }

    /// Who is believed about certificates of devices, and in which form.
    private static List<Arguments> certificateProxies() {
        return List.of(
                certificateProxies("[172.18.0.2]", "[0]", "Keys are expected here"),
                certificateProxies("[172.18.0.2]", "[0].form", "believed in no other form"),
                certificateProxies("172.18.0.2", "", "Begin each entry on its own line"),
                certificateProxies("[{address: 172.18.0.2}]", "[0].form", "'form' is missing"),
                certificateProxies("[{form: nginx}]", "[0].address", "'address' is missing"),
                certificateProxies(
                        "[{address: 172.18.0.0/24, form: nginx}]",
                        "[0].address",
                        "not the address of one machine"),
                certificateProxies(
                        "[{address: 172.18.0.2, form: both}]", "[0].form", "is not known here"),
                certificateProxies(
                        "[{address: 172.18.0.2, form: [xfcc, nginx]}]",
                        "[0].form",
                        "one value is expected"),
                certificateProxies(
                        "[{address: 172.18.0.2, form: nginx},"
                                + " {address: '::ffff:172.18.0.2', form: xfcc}]",
                        "[1].address",
                        "'172.18.0.2' is already in use"));
    }

    /// What proxies in front say.
    private static List<Arguments> inFront() {
        String cloudflare = "id: cf, preset: cloudflare-access, issuer: 'https://t.c'";
        String generic = "id: g, header: X-A, issuer: a, audience: b";
        return List.of(
                assertion(cloudflare, "audience", "any other application"),
                assertion(cloudflare + ", audience: []", "audience", "There is no value"),
                assertion(cloudflare + ", audience: ''", "audience", "This is empty"),
                assertion("audience: a, issuer: 'https://t.c'", "id", "'id' is missing"),
                assertion("id: g, issuer: a, audience: b", "header", "the name of the header"),
                assertion("id: cf, preset: cloudflare-access, audience: a", "issuer", "missing"),
                assertion(generic, "keys", "'keys' is missing"),
                assertion(generic + ", keys: 'http://a.b/c'", "keys", "insecure-http: true"),
                assertion(generic + ", keys: nowhere", "keys", "is not an address"),
                assertion(generic + ", secret: short", "secret", "shorter than 32"),
                assertion(
                        generic + ", keys: 'https://a.b', secret: " + "s".repeat(32),
                        "keys",
                        "Keep one of the two"),
                assertion(
                        generic + ", algorithms: ES256, secret: " + "s".repeat(32),
                        "algorithms",
                        "HS256 and no other"),
                assertion(
                        generic + ", keys: 'https://a.b', algorithms: HS256",
                        "algorithms",
                        "is not known here"),
                assertion(
                        generic + ", keys: 'https://a.b', algorithms: none",
                        "algorithms",
                        "is not known here"),
                assertion(
                        generic + ", keys: 'https://a.b', clock-leeway: 2m",
                        "clock-leeway",
                        "Write 0s to 1m"),
                assertion(
                        "id: g, header: Cookie, issuer: a, audience: b, keys: 'https://a.b'",
                        "header",
                        "not the name of a header"),
                assertion(
                        "id: g, header: X_A, issuer: a, audience: b, keys: 'https://a.b'",
                        "header",
                        "not the name of a header"),
                assertion(
                        generic + ", keys: 'https://a.b', homes: [elsewhere]",
                        "homes[0]",
                        "There is no home 'elsewhere'"),
                root(
                        "insecure-trusted-headers: [{user: Remote-User}] #!\n",
                        "insecure-trusted-headers[0].peers",
                        "'peers' is missing"),
                root(
                        "insecure-trusted-headers: [{peers: 0.0.0.0/0}] #!\n",
                        "insecure-trusted-headers[0].peers",
                        "the whole internet"),
                kiosks(
                        "{name: a, trusted-networks: 0.0.0.0/0}",
                        "[0].trusted-networks",
                        "the whole internet"),
                kiosks("{name: a}", "[0].trusted-networks", "works from listed networks only"),
                kiosks(
                        "{name: a, trusted-networks: 10.0.0.1, role: admin}",
                        "[0].role",
                        "is not known here"),
                kiosks(
                        "{name: a, trusted-networks: 10.0.0.0/24},"
                                + " {name: b, trusted-networks: 10.0.0.7}",
                        "[1].trusted-networks",
                        "also the place of the kiosk 'a'"),
                demand("assertion: other", "assertion", "There is no assertion 'other'"),
                demand("exempt: webhook", "exempt", "Nothing is demanded"),
                demand("assertion: cf, exempt: shell", "exempt", "is not known here"),
                demand("peers: 0.0.0.0/0", "peers", "the whole internet"),
                demand("peers: [10.0.0.0/8, 128.0.0.0/1]", "peers[1]", "nobody's own"),
                root("network: {lan: [0.0.0.0/7]} #!\n", "network.lan[0]", "nobody's own"),
                root(
                        "network: {trusted-proxies: [fd00::/8, fe80::/10, '2000::/3']} #!\n",
                        "network.trusted-proxies[2]",
                        "nobody's own"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  routes: {require-upstream: }",
                        "routes.require-upstream",
                        "Nothing is demanded"),
                assertion(
                        "id: g, header: X-A, audience: b, keys: 'https://a.b',"
                                + " issuer: 'vestibule:kiosk'",
                        "issuer",
                        "how the gateway calls itself"),
                assertion(
                        "id: g, header: X-A, audience: b, keys: 'https://a.b',"
                                + " issuer: 'https://auth.example.org/'",
                        "issuer",
                        "of the provider 'authentik' as well"),
                root(
                        "management: {listen: '127.0.0.1:8124'} #!\n",
                        "management.listen",
                        "is where people come in"),
                root("management: {listen: 8125} #!\n", "management.listen", "no address with"),
                root(
                        "management: {listen: 'localhost:8125'} #!\n",
                        "management.listen",
                        "no address with"),
                root(
                        "management: {listen: '::1:8125'} #!\n",
                        "management.listen",
                        "no address with"),
                arguments(
                        leastAnd("    scim: {people: scim-only}\n")
                                + "assertions:\n  - {id: g, header: X-A, issuer: a, audience: b,"
                                + " keys: 'https://a.b'} #!\n",
                        "assertions[0].issuer",
                        "come in beside it"),
                arguments(
                        leastAnd("    scim: {people: scim-only}\n")
                                + "insecure-trusted-headers:\n  - {peers: 172.18.0.2} #!\n",
                        "insecure-trusted-headers[0]",
                        "come in beside it"));
    }

    private static List<Arguments> homes() {
        return List.of(
                arguments(
                        leastAnd("homes: []\n").replace("home:\n", "home: #!\n"),
                        "home",
                        "'homes' is given as well"),
                arguments("homes: [] #!\n", "homes", "There is no home"),
                arguments("listen: {} #!\n", "home", "There is no home"),
                missing(
                        "public-url: https://home.example.org",
                        "home:",
                        "home.public-url",
                        "'public-url' is missing"),
                lifetimes("session: {lifetime: 30} #!", "session.lifetime", "is not a duration"),
                lifetimes("session: {lifetime: 30s} #!", "session.lifetime", "Write 1m to 3650d"),
                lifetimes("session: {idle-timeout: 91d} #!", "session.idle-timeout", "(90d)"),
                lifetimes("apps: {idle-timeout: always} #!", "apps.idle-timeout", "or never"),
                lifetimes("apps: {lifetime: 89d} #!", "apps.idle-timeout", "(89d)"),
                home("https://home.example.org", "home.example.org", "public-url", "bare address"),
                home("https://home.example.org", "https://a.b/c", "public-url", "host and port"),
                home("https://home.example.org", "http://a.b", "public-url", "insecure-http: true"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  name: My Home",
                        "name",
                        "lower-case letters"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  origins: [https://a.b]",
                        "origins[0]",
                        "'https://a.b' is already in use on line 2"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  origins: [https://c.d, http://c.d]",
                        "origins[1]",
                        "is plain http"),
                webhooks("{methods: POST}", ".id", "'id' is missing"),
                webhooks("{id: a/b}", ".id", "no webhook's id"),
                webhooks("{id: \"\"}", ".id", "alone, on one line"),
                webhooks("{id-file: no.such}", ".id-file", "not exist"),
                webhooks("{id: a-b-c-d-e-f-g-h, id-file: x}", ".id-file", "Keep one of the two"),
                webhooks("{id: a-b-c-d-e-f-g-h, methods: DELETE}", ".methods", "is not known"),
                webhooks("{id: a-b-c-d-e-f-g-h, from: world}", ".from", "is not known here"),
                webhooks("{id: a-b-c-d-e-f-g-h, secret: x}", ".secret", "is unknown here"),
                home(
                        "public-url: https://home.example.org",
                        "public-url: https://a.b\n  routes:\n    webhooks:\n"
                                + "      - id: a-b-c-d-e-f-g-h-i\n"
                                + "      - id: a-b-c-d-e-f-g-h-i",
                        "routes.webhooks[1].id",
                        "listed above already"),
                missing(
                        "url: http://homeassistant:8123",
                        "home-assistant:",
                        "home.home-assistant.url",
                        "'url' is missing"),
                home("http://homeassistant:8123", "http://h/api", "home-assistant.url", "bare"),
                home("http://homeassistant:8123", "ws://h", "home-assistant.url", "bare address"),
                home("http://homeassistant:8123", "http://u:p@h", "home-assistant.url", "bare"),
                missing(
                        "token: abc",
                        "home-assistant:",
                        "home.home-assistant.token",
                        "'token' is missing"),
                home("token: abc", "token: ''", "home-assistant.token", "alone, on one line"),
                home("token: abc", "token-file: no.such", "home-assistant.token-file", "not exist"),
                home("token: abc", "token-file: .", "home-assistant.token-file", "a directory"),
                home(
                        "token: abc",
                        "token: abc\n    token-file: x",
                        "home-assistant.token-file",
                        "Keep one of the two"),
                home(
                        "token: abc",
                        "token: abc\n    ca-file: vestibule.yaml",
                        "home-assistant.ca-file",
                        "holds no certificate"),
                missing(
                        "admin: house-admins",
                        "roles:",
                        "home.roles.otherwise",
                        "Nobody could sign in"),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n    otherwise: viewr",
                        "roles.otherwise",
                        "Did you mean 'viewer'?"),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  routes: {shell: closed}",
                        "routes.shell",
                        "Write cached, session or open."),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  existing-tokens: keep",
                        "existing-tokens",
                        "Write adopt or deny."),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  long-lived-tokens: allow",
                        "long-lived-tokens",
                        "Write track or deny."),
                home(
                        "admin: house-admins",
                        "admin: house-admins\n  insecure-http: yes",
                        "insecure-http",
                        "neither true nor false"));
    }

    private static List<Arguments> providers() {
        return List.of(
                arguments(
                        ConfigFile.LEAST.replaceFirst("(?s)providers:.*", "providers: #!"),
                        "providers",
                        "There is no identity provider"),
                arguments(
                        ConfigFile.LEAST.replaceFirst("(?s)providers:.*", "providers: {a: b} #!"),
                        "providers",
                        "This is not a list"),
                arguments(least("id: authentik", "id: My_IdP"), "providers[0].id", "is not an id"),
                provider("id2: x", "id2", "Did you mean 'id'?"),
                root(
                        "  - {id: authentik, issuer: 'https://x', client-id: y} #!\n",
                        "providers[1].id",
                        "'authentik' is already in use on line 9"),
                missing(
                        "issuer: https://auth.example.org/",
                        "- id: authentik",
                        "providers[0].issuer",
                        "'issuer' is missing"),
                arguments(
                        least("https://auth.example.org/", "auth.example.org"),
                        "providers[0].issuer",
                        "is not an issuer"),
                arguments(
                        least("https://auth.example.org/", "https://a.b?c=d"),
                        "providers[0].issuer",
                        "is not an issuer"),
                arguments(
                        least(
                                "https://auth.example.org/",
                                "https://a.b/.well-known/openid-configuration"),
                        "providers[0].issuer",
                        "is the discovery document"),
                arguments(
                        least("https://auth.example.org/", "http://auth.example.org/"),
                        "providers[0].issuer",
                        "insecure-http: true"),
                missing(
                        "client-id: vestibule",
                        "- id: authentik",
                        "providers[0].client-id",
                        "'client-id' is missing"),
                provider("client-secret-file: no.such", "client-secret-file", "does not exist"),
                provider(
                        "client-secret-method: post", "client-secret-method", "no 'client-secret'"),
                provider("client_secret: x", "client_secret", "Did you mean 'client-secret'?"),
                provider("scopes: ['openid profile']", "scopes[0]", "is not one scope"),
                provider("claims: {groups: 'a b'}", "claims.groups", "the path of a claim"),
                provider("algorithms: [HS256]", "algorithms[0]", "is not known here"),
                provider("algorithms: [none]", "algorithms[0]", "is not known here"),
                provider("user-info: sometimes", "user-info", "Write when-claims-are-missing,"),
                provider(
                        "pushed-authorization: x", "pushed-authorization", "when-offered or never"),
                provider("preset: keyclock", "preset", "Did you mean 'keycloak'?"),
                provider("liveness: {check-every: 1s}", "liveness.check-every", "out of range"),
                provider("liveness: {max-age: 10s}", "liveness.max-age", "out of range"),
                provider("liveness: {enabled: maybe}", "liveness.enabled", "neither true nor"),
                provider("scim: {claim: email}", "scim.claim", "Nobody is matched by their e-mail"),
                provider(
                        "scim: {match: user-name, claim: profile.Mail}",
                        "scim.claim",
                        "Name a claim that stays with one person, such as 'sub'."),
                provider("scim: {claim: a b}", "scim.claim", "Write names joined by dots"),
                provider("scim: {match: email}", "scim.match", "Write external-id or user-name."),
                provider("scim: {roles-from: oidc}", "scim.roles-from", "Write scim or sign-in."),
                provider("scim: {people: none}", "scim.people", "Write anybody or scim-only."),
                root("deprovisioning: {share: 0} #!\n", "deprovisioning.share", "from 1 to 100"),
                root("deprovisioning: {share: 101} #!\n", "deprovisioning.share", "from 1 to 100"),
                root("deprovisioning: {at-least: 4} #!\n", "deprovisioning.at-least", "from 5 to"),
                root("deprovisioning: {within: 59s} #!\n", "deprovisioning.within", "1m to 30d"),
                provider(
                        "liveness: {proves-disablement: yes}",
                        "liveness.proves-disablement",
                        "never, when-said or always"),
                provider(
                        "liveness: {check-evry: 1m}",
                        "liveness.check-evry",
                        "Did you mean 'check-every'?"),
                provider("ca-file: no.such", "ca-file", "does not exist"),
                provider("discovery_url: x", "discovery_url", "Write 'issuer' instead"),
                provider("private-key-jwt: {key-id: a}", "private-key-jwt.key", "is missing"),
                provider("private-key-jwt: {key: a, key-id: a}", "private-key-jwt.key", "PKCS#8"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void tellsTheProblemTheKeyAndTheLine(String yaml, String path, String sentence) {
        List<ConfigProblem> problems = file.problems(yaml);

        assertThat(problems)
                .anySatisfy(
                        problem -> {
                            assertThat(problem.sentence()).contains(sentence);
                            assertThat(problem.path()).startsWith(path);
                            assertThat(problem.line()).isEqualTo(markedLine(yaml));
                        });
    }

    private static int markedLine(String yaml) {
        List<String> lines = yaml.lines().toList();
        return IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).endsWith("#!"))
                        .findFirst()
                        .orElse(-1)
                + 1;
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
        List<ConfigProblem> problems =
                file.problems(
                        """
                        listen: {port: 0x10}
                        home:
                          public-url: http://home.example.org
                          home-assistant: {url: ws://x, tokn: y}
                        providers:
                          - id: A
                            isuer: https://auth.example.org
                            client-id: x
                        lan: 10.0.0.0/8
                        """);

        assertThat(problems)
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly(
                        "1 listen.port",
                        "2 home.roles.otherwise",
                        "3 home.public-url",
                        "4 home.home-assistant.url",
                        "4 home.home-assistant.token",
                        "4 home.home-assistant.tokn",
                        "6 providers[0].id",
                        "6 providers[0].issuer",
                        "7 providers[0].isuer",
                        "9 lan");
    }

    @Test
    void refusesTwoHomesOfOneNameOrAddress() {
        String home =
                """
                  - public-url: https://home.example.org
                    home-assistant: {url: 'http://10.0.0.2:8123', token: abc}
                    roles: {otherwise: user}
                """;

        assertThat(file.problems("homes:\n" + home + home + "providers: []\n"))
                .extracting(ConfigProblem::toString)
                .contains(
                        "line 5, homes[1].name: 'home' is already in use on line 2 (homes[0].name)."
                                + " Give every home a 'name' of its own.",
                        "line 5, homes[1].public-url: 'https://home.example.org' is already in use"
                                + " on line 2 (homes[0].public-url). Every address leads to one"
                                + " home and is written once.");
    }

    @Test
    void refusesAHomeAssistantThatIsTheGatewayItself() {
        String yaml =
                ConfigFile.LEAST.replace("http://homeassistant:8123", "https://Home.Example.org");

        assertThat(file.problems(yaml))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.line()).isEqualTo(3);
                            assertThat(problem.sentence()).contains("address of Vestibule itself");
                        });
    }

    @Test
    void refusesPasskeysWhereBrowsersHaveNone() {
        String yaml =
                ConfigFile.LEAST
                        .replace("https://home.example.org", "https://192.168.1.2")
                        .replace("\n  roles:", "\n  sign-in: {passkeys: true}\n  roles:");

        assertThat(file.problems(yaml))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.path()).isEqualTo("home.sign-in");
                            assertThat(problem.sentence()).contains("names on https only");
                        });
    }

    @Test
    void tellsThatTheFileIsMissing() {
        ConfigResult result =
                ConfigReader.read(InstantSource.system(), directory.resolve("none.yaml"), Map.of());

        assertThat(result)
                .isEqualTo(
                        new ConfigResult.Invalid(
                                List.of(
                                        new ConfigProblem(
                                                0,
                                                "",
                                                directory.resolve("none.yaml")
                                                        + " does not exist. Check the path."
                                                        + " 'vestibule setup' writes a first"
                                                        + " configuration."))));
    }

    @Test
    void refusesAFileThatIsNoTextOrTooLarge() throws IOException {
        Files.write(file.file(), new byte[] {'a', (byte) 0xC3, '('});
        assertThat(
                        ((ConfigResult.Invalid)
                                        ConfigReader.read(
                                                InstantSource.system(), file.file(), Map.of()))
                                .problems())
                .extracting(ConfigProblem::sentence)
                .first(STRING)
                .contains("is not UTF-8 text");

        Files.write(file.file(), new byte[(1 << 20) + 1]);
        assertThat(
                        ((ConfigResult.Invalid)
                                        ConfigReader.read(
                                                InstantSource.system(), file.file(), Map.of()))
                                .problems())
                .extracting(ConfigProblem::sentence)
                .first(STRING)
                .contains("is larger than 1048576 bytes");
    }

    @Test
    void neverQuotesASecret() {
        String secret = "hunter2-hunter2";

        List<ConfigProblem> problems =
                file.with("TOKEN", secret + "\n" + secret)
                        .problems(
                                ConfigFile.LEAST.replace("token: abc", "token: ${TOKEN}")
                                        + "    client-secret: \""
                                        + secret
                                        + "\\n\"\n    private-key-jwt: {key-id: a, key: "
                                        + secret
                                        + "}\n");

        assertThat(problems).hasSizeGreaterThan(2);
        assertThat(problems.toString()).doesNotContain(secret);
    }
}
