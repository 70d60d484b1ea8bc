package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.CallbackLie;
import dev.vestibule.testhouse.openid.ClaimLie;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The sign-in that `setup` tries before anything is made: what it shows, and what it says of
/// everything that can go wrong with it.
final class SetupTrialTest {

    private static final String SECRET = "the client's secret";
    private static final String CALLBACK =
            "https://home.example.org/auth/vestibule/callback/keycloak";

    @TempDir Path directory;
    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final VisitorBrowser browser = new VisitorBrowser();
    private ScriptedOpenIdProvider provider =
            ScriptedOpenIdProvider.start(ProviderOptions.defaults().withPath("/realms/home"));

    @BeforeEach
    void openTheProvider() {
        register();
        provider.addPerson(Person.of("ada", "Ada Lovelace").withGroups("admins", "family"));
        provider.signInAutomaticallyAs("ada");
    }

    private void register() {
        provider.register(RegisteredClient.secretBasic("vestibule", SECRET, URI.create(CALLBACK)));
    }

    @AfterEach
    void close() {
        browser.close();
        home.close();
        provider.close();
    }

    /// Without pushed authorization requests a client is judged only when a code is redeemed.
    private void useAProviderThatIsNotAskedBeforehand() {
        provider.close();
        provider =
                ScriptedOpenIdProvider.start(
                        ProviderOptions.defaults().withPath("/realms/home").without(Feature.PAR));
        openTheProvider();
    }

    private String[] upToTheClient() {
        return new String[] {
            home.url().toString(),
            "https://home.example.org",
            "keycloak",
            "http://" + provider.issuer().getAuthority(),
            "home"
        };
    }

    private ScriptedTerminal aPersonAtTheClient() {
        return ScriptedTerminal.ofAPerson(upToTheClient());
    }

    private ScriptedTerminal aPersonAtTheTrial() {
        return aPersonAtTheClient().then("", SECRET);
    }

    private ScriptedTerminal aScriptAtTheTrial() {
        return ScriptedTerminal.ofAScript(upToTheClient()).then("vestibule", SECRET);
    }

    /// What the browser shows after the address that was printed last.
    private ScriptedTerminal signingIn(ScriptedTerminal terminal) {
        return signingIn(terminal, UnaryOperator.identity());
    }

    private ScriptedTerminal signingIn(ScriptedTerminal terminal, UnaryOperator<String> twist) {
        return terminal.thenAskedFor(
                () ->
                        twist.apply(
                                browser.walk(terminal.lastAddress(), "https://home.example.org")
                                        .location()));
    }

    private static ScriptedTerminal toTheEnd(ScriptedTerminal terminal) {
        return terminal.then("", "admins", "family", "", "owner", "owner-password");
    }

    private int setup(ScriptedTerminal terminal) {
        return CliRun.with(terminal)
                .run("setup", "-c", directory.resolve("vestibule.yaml").toString());
    }

    @Test
    void showsWhatVestibuleMakesOfWhoeverSignedIn() throws IOException {
        ScriptedTerminal terminal = toTheEnd(signingIn(aPersonAtTheTrial()));

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.printed())
                .contains("subject:   ada")
                .contains("user name: ada")
                .contains("name:      Ada Lovelace")
                .contains("e-mail:    ada@example.org")
                .contains("groups:    admins, family")
                .contains("Groups of Ada Lovelace: admins, family")
                .contains("By this, Ada Lovelace is an administrator of the house (admin).")
                .doesNotContain("No trial", SECRET, "owner-password");
        assertThat(Files.readString(directory.resolve("vestibule.yaml")))
                .contains("preset: keycloak", "name: Keycloak", "admin: [admins]");
        assertThat(terminal.answersLeft()).isZero();
    }

    @Test
    void theAddressAsksWithProofKeyStateAndNonce() {
        useAProviderThatIsNotAskedBeforehand();
        ScriptedTerminal terminal = toTheEnd(signingIn(aPersonAtTheTrial()));

        assertThat(setup(terminal)).as(terminal.complained()).isZero();

        assertThat(terminal.lastAddress().getQuery())
                .contains("code_challenge_method=S256")
                .containsPattern("state=[A-Za-z0-9_-]{43}")
                .containsPattern("nonce=[A-Za-z0-9_-]{43}")
                .contains("redirect_uri=" + CALLBACK);
    }

    @Test
    void saysWhoeverWouldBeRefusedByTheGroupsThatWereTyped() {
        provider.setGroups("ada", List.of("book club"));
        ScriptedTerminal terminal = toTheEnd(signingIn(aPersonAtTheTrial()));

        assertThat(setup(terminal)).isZero();

        assertThat(terminal.printed())
                .contains("groups:    book club")
                .contains("By this, Ada Lovelace would be refused");
    }

    @Test
    void saysWhereGroupsComeFromWhenNoneCame() {
        provider.setGroups("ada", List.of());
        ScriptedTerminal terminal =
                signingIn(aPersonAtTheTrial())
                        .then("", "", "", "viewer", "owner", "owner-password");

        assertThat(setup(terminal)).as(terminal.complained()).isZero();

        assertThat(terminal.printed())
                .contains("groups:    none")
                .contains("No groups came in the claim 'groups'")
                .contains("mapper 'Group Membership'")
                .contains("By this, Ada Lovelace looks at the house and changes nothing (viewer).");
    }

    @Test
    void saysThatAClaimOfGroupsIsNoList() {
        provider.addPerson(
                Person.of("zita", "Zita").withExtraClaims(Map.of("groups", Map.of("a", "b"))));
        provider.signInAutomaticallyAs("zita");
        ScriptedTerminal terminal = toTheEnd(signingIn(aPersonAtTheTrial()));

        assertThat(setup(terminal)).isZero();

        assertThat(terminal.printed()).contains("left out:  groups is neither a list nor a text");
    }

    @Test
    void aWrongSecretIsToldWhenTheCodeIsRedeemedAndAskedForAnew() {
        useAProviderThatIsNotAskedBeforehand();
        ScriptedTerminal terminal = aPersonAtTheClient().then("", "a wrong one");
        toTheEnd(signingIn(signingIn(terminal).then("", SECRET)));

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.printed())
                .contains("refuses us at its token endpoint")
                .contains("compare client id, secret");
        assertThat(terminal.prompts())
                .filteredOn(prompt -> prompt.startsWith("The client id that it gave"))
                .hasSize(2);
        assertThat(terminal.answersLeft()).isZero();
    }

    @Test
    void aWrongSecretEndsAScriptAndNamesTheQuestion() {
        useAProviderThatIsNotAskedBeforehand();
        ScriptedTerminal terminal =
                ScriptedTerminal.ofAScript(upToTheClient()).then("vestibule", "a wrong one");

        assertThat(setup(signingIn(terminal))).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("The client secret")
                .contains("refuses us at its token endpoint")
                .doesNotContain("a wrong one");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aWrongSecretOrRedirectIsToldAtOnceWhereTheProviderIsAskedBeforehand() {
        ScriptedTerminal terminal =
                aPersonAtTheClient().then("", "a wrong one", "again").then("", SECRET);
        toTheEnd(signingIn(terminal));

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.printed())
                .contains("refuses our pushed authorization request")
                .contains("redirect address");
    }

    @Test
    void aRedirectThatIsNotRegisteredCanBeMendedLater() {
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule", SECRET, URI.create("https://other.example.org/")));
        ScriptedTerminal terminal = toTheEnd(aPersonAtTheTrial().then(""));

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.printed())
                .contains("refuses our pushed authorization request")
                .contains("No trial");
    }

    @Test
    void whereTheBrowserDidNotComeBackTheSameAddressIsAskedForAgain() {
        ScriptedTerminal terminal = aPersonAtTheTrial();
        terminal.then(provider.issuer() + "/error?error=redirect_uri");
        toTheEnd(signingIn(terminal));

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.printed())
                .contains("This is not where the provider sends browsers back to.")
                .contains("it begins with " + CALLBACK)
                .contains("compare the redirect URI that is registered there");
        assertThat(terminal.printed().lines().filter(line -> line.contains("/authorize?")))
                .hasSize(2)
                .containsOnly("  " + terminal.lastAddress());
    }

    @Test
    void anAnswerToAnotherSignInIsNotRedeemed() {
        ScriptedTerminal terminal =
                signingIn(
                        aScriptAtTheTrial(),
                        address -> address.replaceFirst("state=[^&]+", "state=forged"));

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("The address at which the browser ended")
                .contains("This answers another sign-in");
        assertThat(provider.count(Endpoint.TOKEN)).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSignInThatTheProviderRefusesIsToldAndTriedAgain() {
        provider.lie(CallbackLie.ERROR_WITH_SCRIPT);
        ScriptedTerminal terminal =
                signingIn(
                        aPersonAtTheTrial(),
                        address -> {
                            provider.tellTheTruth();
                            return address;
                        });
        toTheEnd(signingIn(terminal));

        assertThat(setup(terminal)).as(terminal.complained() + terminal.printed()).isZero();

        assertThat(terminal.printed())
                .contains("The provider refused the sign-in (access_denied).")
                .doesNotContain("<script");
    }

    @Test
    void aCodeThatTheProviderDoesNotTakeIsTold() {
        provider.lie(CallbackLie.FOREIGN_CODE);
        ScriptedTerminal terminal = signingIn(aScriptAtTheTrial());

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained()).contains("does not take its own code");
    }

    @Test
    void anIdTokenThatIsNotForUsIsNotBelieved() {
        provider.lie(ClaimLie.WRONG_NONCE);
        ScriptedTerminal terminal = signingIn(aScriptAtTheTrial());

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained())
                .contains("The provider's answer cannot be believed: NONCE_MISMATCH");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aProviderThatWentAwayIsTold() {
        ScriptedTerminal terminal =
                signingIn(
                        aScriptAtTheTrial(),
                        address -> {
                            provider.goAway();
                            return address;
                        });

        assertThat(setup(terminal)).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("The address at which the browser ended")
                .contains("keycloak");
    }
}
