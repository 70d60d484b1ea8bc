package dev.vestibule.config;

import static dev.vestibule.config.MarkedConfig.assertTold;
import static dev.vestibule.config.MarkedConfig.home;
import static dev.vestibule.config.MarkedConfig.least;
import static dev.vestibule.config.MarkedConfig.leastAnd;
import static dev.vestibule.config.MarkedConfig.root;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What is wrong with what is said about proxies in front of the gateway.
final class ProxyProblemsTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
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

    static Stream<Arguments> problems() {
        return Stream.of(certificateProxies(), inFront()).flatMap(List::stream);
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

    @ParameterizedTest
    @MethodSource("problems")
    void tellsTheProblemTheKeyAndTheLine(String yaml, String path, String sentence) {
        assertTold(file, yaml, path, sentence);
    }
}
