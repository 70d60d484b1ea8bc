package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `setup` from the first question to a configuration that works, between a scripted Home Assistant
/// and a scripted OpenID provider.
final class SetupCommandTest {

    @TempDir Path directory;
    private ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final ScriptedOpenIdProvider provider =
            ScriptedOpenIdProvider.start(
                    ProviderOptions.defaults().withPath("/application/o/home/"));

    @BeforeEach
    void registerTheClient() {
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule-client",
                        "the client's secret",
                        URI.create("https://home.example.org/auth/vestibule/callback/authentik")));
    }

    @AfterEach
    void close() {
        home.close();
        provider.close();
    }

    private Path file() {
        return directory.resolve("vestibule.yaml");
    }

    private int setup(ScriptedTerminal terminal, String... more) {
        List<String> arguments = new ArrayList<>(List.of("setup", "-c", file().toString()));
        arguments.addAll(List.of(more));
        return CliRun.with(terminal).run(arguments.toArray(String[]::new));
    }

    private String[] answersUpToTheSignIn() {
        return new String[] {
            home.url().toString(),
            "https://home.example.org",
            "authentik",
            address(provider.issuer()),
            "home",
            "vestibule-client",
            "the client's secret",
            "",
            "Family account",
            "house admins, admins",
            "family",
            ""
        };
    }

    private static String address(URI issuer) {
        return "http://" + issuer.getAuthority();
    }

    private GatewayConfig written() {
        ConfigResult result = ConfigReader.read(InstantSource.system(), file(), Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) result).warnings()).isEmpty();
        return ((ConfigResult.Valid) result).config();
    }

    @Test
    void writesAConfigurationWhoseTokenIsAnAdministrators() {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("owner", "owner-password");

        assertThat(setup(terminal)).as(terminal.complained()).isZero();

        HomeConfig config = written().homes().getFirst();
        assertThat(config.publicUrl()).hasToString("https://home.example.org");
        assertThat(config.roles().admin()).containsExactlyInAnyOrder("house admins", "admins");
        assertThat(config.roles().user()).containsExactly("family");
        assertThat(config.roles().otherwise()).isEmpty();
        OpenIdProviderConfig written = written().providers().getFirst();
        assertThat(written.id()).isEqualTo("authentik");
        assertThat(written.displayName()).isEqualTo("Family account");
        assertThat(written.issuer()).isEqualTo(provider.issuer());
        assertThat(written.clientId()).isEqualTo("vestibule-client");
        assertThat(written.authentication())
                .isEqualTo(new ClientAuthentication.SecretBasic(new Secret("the client's secret")));
        try (var gatewaySide = new HomeAssistant(InstantSource.system(), config.homeAssistant())) {
            gatewaySide.start();
            assertThat(gatewaySide.awaitFirstAttempt(Duration.ofSeconds(20)))
                    .isInstanceOf(HomeAssistantStatus.Connected.class);
        }
    }

    @Test
    void tellsWhatToRegisterAndWhatToStart() {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("owner", "owner-password");

        assertThat(setup(terminal)).isZero();

        assertThat(terminal.printed())
                .contains("https://home.example.org/auth/vestibule/callback/authentik")
                .contains("https://home.example.org/auth/vestibule/back-channel-logout/authentik")
                .contains("https://home.example.org/auth/vestibule/sign-out")
                .contains("Scopes: openid profile email\n")
                .contains("No trial: whether people can sign in shows when you start it.")
                .contains("made the token 'Vestibule' in the name of Owner")
                .contains("vestibule serve --config " + file())
                .contains("trusted-proxies")
                .doesNotContain("owner-password", "the client's secret");
        assertThat(terminal.secretPrompts())
                .containsExactly("The client secret (empty for a public client): ", "Password: ");
    }

    @Test
    void everyFileIsReadableByItsOwnerOnly() throws IOException {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("owner", "owner-password");

        assertThat(setup(terminal)).isZero();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .extracting(file -> file.getFileName() + " " + permissions(file))
                    .containsExactlyInAnyOrder(
                            "vestibule.yaml rw-------",
                            "home-assistant.token rw-------",
                            "authentik.secret rw-------");
        }
        assertThat(Files.readString(file())).doesNotContain("the client's secret");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void leavesNothingInHomeAssistantButTheToken() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        int before = home.refreshTokenIds(owner).size();
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("owner", "owner-password");

        assertThat(setup(terminal)).isZero();

        assertThat(home.refreshTokenIds(owner)).hasSize(before + 1);
    }

    @Test
    void asksForTheSecondFactorOfAnAdministratorWhoHasOne() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        home.enableTotp(owner);
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn())
                        .then("owner", "owner-password", "000000")
                        .thenAskedFor(() -> home.totpCode(owner));

        assertThat(setup(terminal)).as(terminal.complained()).isZero();

        assertThat(terminal.printed()).contains("does not accept this code");
        assertThat(written().homes()).hasSize(1);
    }

    @Test
    void asksAgainAfterAWrongAnswer() {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(
                                "homeassistant",
                                "http://127.0.0.1:99999",
                                home.url().toString(),
                                "http://home.example.org",
                                home.url().toString(),
                                "https://home.example.org",
                                "facebook",
                                "generic",
                                "My IdP",
                                "",
                                "http://auth.example.org",
                                provider.issuer() + "/wrong",
                                provider.issuer().toString(),
                                "",
                                "vestibule-client",
                                "a\u0007secret",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "keep",
                                "refuse",
                                "viewer")
                        .then("owner", "wrong", "owner", "owner-password");

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.answersLeft()).isZero();
        OpenIdProviderConfig written =
                ((ConfigResult.Valid) ConfigReader.read(InstantSource.system(), file(), Map.of()))
                        .config()
                        .providers()
                        .getFirst();
        assertThat(written.id()).isEqualTo("sso");
        assertThat(written.authentication()).isEqualTo(new ClientAuthentication.None());
        assertThat(
                        ((ConfigResult.Valid)
                                        ConfigReader.read(InstantSource.system(), file(), Map.of()))
                                .config()
                                .homes()
                                .getFirst()
                                .roles()
                                .otherwise())
                .containsExactly(Role.VIEWER);
    }

    @Test
    void aScriptsWrongAnswerEndsItAndWritesNothing() {
        ScriptedTerminal terminal = ScriptedTerminal.ofAScript("homeassistant");

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("Home Assistant's address, as this machine sees it")
                .contains("Write scheme, host and port only");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anEarlyEndOfTheInputNamesTheQuestion() {
        ScriptedTerminal terminal = ScriptedTerminal.ofAScript(home.url().toString());

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("The input ended before an answer to: The address that people");
    }

    @Test
    void refusesSomebodyWhoIsNoAdministrator() {
        HomeUser user = home.addUser("Guest", "guest", "guest-password", "system-users");
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("guest", "guest-password");

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained()).startsWith("Guest is no administrator");
        assertThat(home.refreshTokenIds(user.id())).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void neverReplacesAFileUnlessTold() throws IOException {
        Files.writeString(file(), "precious");

        ScriptedTerminal refused = ScriptedTerminal.ofAPerson();
        assertThat(setup(refused)).isEqualTo(1);
        assertThat(refused.complained()).contains("exists already").contains("--force");
        assertThat(refused.prompts()).isEmpty();
        assertThat(Files.readString(file())).isEqualTo("precious");

        ScriptedTerminal told =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("owner", "owner-password");
        assertThat(setup(told, "--force")).isZero();
        assertThat(written().homes()).hasSize(1);
    }

    @Test
    void aSecondTokenGetsANameOfItsOwn() {
        String[] answers = answersUpToTheSignIn();
        assertThat(setup(ScriptedTerminal.ofAPerson(answers).then("owner", "owner-password")))
                .isZero();
        ScriptedTerminal again =
                ScriptedTerminal.ofAPerson(answers).then("owner", "owner-password");

        assertThat(setup(again, "--force")).isZero();

        assertThat(again.printed()).contains("made the token 'Vestibule 2'");
    }

    @Test
    void tellsWhereNothingAnswersOrNotHomeAssistant() {
        String nobody = home.url().toString();
        home.close();
        ScriptedTerminal away = ScriptedTerminal.ofAScript(nobody);
        assertThat(setup(away)).isEqualTo(1);
        assertThat(away.complained())
                .contains("Home Assistant cannot be reached: nothing answers at its address.");

        ScriptedTerminal unknown = ScriptedTerminal.ofAScript("http://no-such-host.invalid:8123");
        assertThat(setup(unknown)).isEqualTo(1);
        assertThat(unknown.complained())
                .contains("Home Assistant cannot be reached: its name is unknown.");

        ScriptedTerminal other =
                ScriptedTerminal.ofAScript("http://127.0.0.1:" + provider.issuer().getPort());
        assertThat(setup(other)).isEqualTo(1);
        assertThat(other.complained()).contains("What answers there is not Home Assistant.");
    }

    @Test
    void tellsAHouseThatIsNotSetUpAndOneThatIsTooOld() {
        home.close();
        home = ScriptedHomeAssistant.start(HomeOptions.defaults().withOnboarded(false));
        ScriptedTerminal empty = ScriptedTerminal.ofAScript(home.url().toString());
        assertThat(setup(empty)).isEqualTo(1);
        assertThat(empty.complained()).contains("has no users yet");

        home.close();
        home = ScriptedHomeAssistant.start(HomeOptions.defaults().withVersion("2022.12.9"));
        ScriptedTerminal old =
                ScriptedTerminal.ofAScript(answersUpToTheSignIn()).then("owner", "owner-password");
        assertThat(setup(old)).isEqualTo(1);
        assertThat(old.complained()).contains("Home Assistant 2022.12.9 is too old.");
    }

    @Test
    void tellsWhyAPublicAddressWillNotDo() {
        String own = home.url().toString();

        assertThat(complaintAbout("home.example.org")).contains("scheme, host and port only");
        assertThat(complaintAbout(own)).contains("Home Assistant's own address");
        assertThat(complaintAbout("http://home.example.org")).contains("Write an https address.");
    }

    private String complaintAbout(String publicUrl) {
        ScriptedTerminal terminal = ScriptedTerminal.ofAScript(home.url().toString(), publicUrl);
        assertThat(setup(terminal)).isEqualTo(1);
        return terminal.complained();
    }

    @Test
    void anIssuerIsNotTheAddressOfItsDocument() {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAScript(
                        home.url().toString(),
                        "https://home.example.org",
                        "generic",
                        "",
                        provider.issuer() + "/.well-known/openid-configuration");

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained()).contains("Leave /.well-known/openid-configuration away");
    }

    @Test
    void tellsAProviderWhoseDocumentNamesAnotherIssuer() {
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAScript(
                        home.url().toString(),
                        "https://home.example.org",
                        "generic",
                        "",
                        provider.issuer().toString().replace("127.0.0.1", "localhost"));

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained()).contains("calls itself").doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aNameInHomeAssistantDoesNotSteerTheTerminal() {
        home.addUser("Ev\u001b[2Je", "eve", "eve-password", "system-admin");
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAPerson(answersUpToTheSignIn()).then("eve", "eve-password");

        assertThat(setup(terminal)).as(terminal.complained()).isZero();

        assertThat(terminal.printed())
                .contains("in the name of Ev\\u{1b}[2Je.")
                .doesNotContain("\u001b");
    }
}
