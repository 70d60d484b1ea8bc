package dev.vestibule.config;

import static dev.vestibule.config.MarkedConfig.assertTold;
import static dev.vestibule.config.MarkedConfig.least;
import static dev.vestibule.config.MarkedConfig.missing;
import static dev.vestibule.config.MarkedConfig.provider;
import static dev.vestibule.config.MarkedConfig.root;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;

/// What is wrong with what is said about providers.
final class ProviderProblemsTest {

    @TempDir Path directory;
    private ConfigFile file = ConfigFile.in(Path.of("."));

    @BeforeEach
    void beginInAnEmptyDirectory() {
        file = ConfigFile.in(directory);
    }

    static List<Arguments> providers() {
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
    @MethodSource("providers")
    void tellsTheProblemTheKeyAndTheLine(String yaml, String path, String sentence) {
        assertTold(file, yaml, path, sentence);
    }
}
