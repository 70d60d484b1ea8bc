package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Every product whose address is its owner's own, from its questions to a sign-in whose groups are
/// found, at a provider with an issuer of the product's shape. Google's and Entra's addresses are
/// theirs alone; `PresetGuidesTest` knows those.
final class SetupPresetsTest {

    private static final String SECRET = "the client's secret";

    @TempDir Path directory;
    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        home.close();
    }

    private int setup(ScriptedTerminal terminal) {
        return CliRun.with(terminal).run("setup", "-c", file().toString());
    }

    private Path file() {
        return directory.resolve("vestibule.yaml");
    }

    /// @param further answers to what follows the address, with slashes between them
    /// @param claim the one in which this product sends groups
    @ParameterizedTest
    @CsvSource({
        "authentik, home, /application/o/home/, groups, authentik",
        "authelia, '', '', groups, Authelia",
        "keycloak, home, /realms/home, groups, Keycloak",
        "pocket-id, '', '', groups, Pocket ID",
        "zitadel, '', '', groups, Zitadel",
        "kanidm, vestibule, /oauth2/openid/vestibule, groups, Kanidm",
        "okta, '', '', groups, Okta",
        "auth0, '', /, https://home.example.org/roles, Auth0",
    })
    void everyProductIsAskedForLittleAndItsGroupsAreFound(
            String preset, String further, String path, String claim, String button) {
        try (ScriptedOpenIdProvider provider = provider(preset, path, claim)) {
            ScriptedTerminal terminal =
                    ScriptedTerminal.ofAPerson(
                            home.url().toString(),
                            "https://home.example.org",
                            preset,
                            "http://" + provider.issuer().getAuthority());
            if (!further.isEmpty()) {
                terminal.then(further);
            }
            terminal.then("vestibule", SECRET)
                    .thenAskedFor(
                            () ->
                                    browser.walk(terminal.lastAddress(), "https://home.example.org")
                                            .location())
                    .then("", "house-admins", "", "", "owner", "owner-password");

            assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

            assertThat(terminal.answersLeft()).isZero();
            assertThat(terminal.printed())
                    .contains("groups:    house-admins")
                    .contains("is an administrator of the house (admin).");
            OpenIdProviderConfig written = written();
            assertThat(written.id()).isEqualTo(preset);
            assertThat(written.displayName()).isEqualTo(button);
            assertThat(written.issuer()).isEqualTo(provider.issuer());
            assertThat(written.claims().groups()).isEqualTo(claim);
        }
    }

    private static ScriptedOpenIdProvider provider(String preset, String path, String claim) {
        ScriptedOpenIdProvider provider =
                ScriptedOpenIdProvider.start(ProviderOptions.defaults().withPath(path));
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule",
                        SECRET,
                        URI.create("https://home.example.org/auth/vestibule/callback/" + preset)));
        provider.addPerson(
                Person.of("ada", "Ada Lovelace")
                        .withExtraClaims(Map.of(claim, List.of("house-admins"))));
        provider.signInAutomaticallyAs("ada");
        return provider;
    }

    private OpenIdProviderConfig written() {
        ConfigResult result = ConfigReader.read(InstantSource.system(), file(), Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config().providers().getFirst();
    }

    @Test
    void aTenantOfEverybodyAtMicrosoftIsNotTaken() {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAScript(
                        home.url().toString(), "https://home.example.org", "entra", "common");

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("The directory (tenant) ID")
                .contains("'common' would let everybody at Microsoft come to your door");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aRealmThatIsNotThereIsToldAndEverythingOfTheIssuerIsAskedForAnew() {
        try (ScriptedOpenIdProvider provider = provider("keycloak", "/realms/home", "groups")) {
            String address = "http://" + provider.issuer().getAuthority();
            ScriptedTerminal terminal =
                    ScriptedTerminal.ofAPerson(
                            home.url().toString(),
                            "https://home.example.org",
                            "keycloak",
                            address,
                            "hoem",
                            address,
                            "home",
                            "",
                            SECRET,
                            "",
                            "",
                            "",
                            "",
                            "",
                            "owner",
                            "owner-password");

            assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

            assertThat(terminal.printed())
                    .contains("answers 404 instead of its discovery document");
            assertThat(written().issuer()).isEqualTo(provider.issuer());
        }
    }
}
