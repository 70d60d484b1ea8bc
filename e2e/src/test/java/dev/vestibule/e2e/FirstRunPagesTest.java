package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// From nothing to a first sign-in in a real browser: the page of a first run, and then the gateway
/// that the same process becomes. Pictures stand in `e2e/target/screenshots`.
class FirstRunPagesTest {

    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}");
    private static final Pattern LISTENS = Pattern.compile(" listens on ");
    private static final By SUBMIT = By.cssSelector("form button[type='submit']");

    @TempDir Path directory;
    @AutoClose private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    @AutoClose private final ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
    private final URI site = URI.create("http://localhost:" + LoopbackPort.free());
    @AutoClose private final Chromium browser = new Chromium();
    @AutoClose private ServedProgram program;

    @BeforeEach
    void start() {
        provider.addPerson(Person.of("ada", "Ada").withGroups("house-admins", "family"));
        provider.signInAutomaticallyAs("ada");
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule",
                        "a-client-secret",
                        site.resolve("/auth/vestibule/callback/sso")));
        program =
                new ServedProgram(
                        "serve",
                        "--first-run",
                        "--config",
                        directory.resolve("vestibule.yaml").toString(),
                        "--listen",
                        "127.0.0.1:" + site.getPort());
    }

    private void assertShows(String heading, String picture) {
        PageCheck.assertShows(browser, site, heading, "first-run-" + picture);
    }

    private void submit() {
        browser.leaveBy(() -> browser.click(SUBMIT));
    }

    private void choose(String button) {
        browser.leaveBy(
                () -> browser.click(By.xpath("//button[normalize-space()='" + button + "']")));
    }

    private void comeIn() {
        String code = program.awaitPrinted(CODE);
        browser.open(site);
        assertShows("Set up Vestibule", "code");
        browser.type("code", "2222-2222");
        submit();
        assertShows("Set up Vestibule", "code-wrong");
        browser.type("code", code.toLowerCase(Locale.ROOT));
        submit();
    }

    private void tellTheAddresses() {
        browser.type("home-assistant", provider.issuer().toString());
        submit();
        assertShows("Where is Home Assistant?", "home-assistant-wrong");
        browser.type("home-assistant", home.url().toString());
        submit();
        browser.type("public-url", site.toString());
        assertShows("Which address will people open?", "address");
        submit();
    }

    private void tellTheProvider() {
        assertShows("Who knows the people?", "provider");
        choose("Keycloak");
        assertShows("Where is the provider?", "keycloak");
        browser.click(By.linkText("Back"));
        choose("Another one");
        browser.type("generic-0", provider.issuer().toString());
        submit();
        assertShows("Register Vestibule at the provider", "client");
        browser.type("client-id", "vestibule");
        browser.type("client-secret", "a-client-secret");
        browser.type("button", "Our account");
        submit();
    }

    /// The provider leads back to the page in another window.
    private void tryTheSignIn() {
        assertShows("Try a sign-in", "trial");
        String wizard = browser.window();
        browser.click(By.linkText("Sign in at the provider"));
        browser.lookAtAnother();
        browser.awaitText("The sign-in works.");
        assertShows("Try a sign-in", "trial-works");
        browser.lookAt(wizard);
        browser.reload();
        browser.awaitText("The sign-in works.");
        submit();
    }

    private void finish() {
        assertShows("Who may do what?", "roles");
        browser.type("admin", "house-admins");
        submit();
        browser.awaitText("Ada would be");
        browser.type("username", "owner");
        browser.type("password", "not-this-one");
        submit();
        assertShows("Check, and finish", "finish-wrong");
        browser.type("password", "owner-password");
        submit();
        browser.awaitText("asks for your second factor");
        assertShows("Check, and finish", "second-factor");
        assertThat(directory.resolve("vestibule.yaml")).doesNotExist();
        browser.type("second-factor", home.totpCode(home.userNamed("Owner").orElseThrow().id()));
        submit();
    }

    @Test
    void leadsFromTheCodeToAFirstSignInAtTheGatewayThatFollows() {
        home.enableTotp(home.userNamed("Owner").orElseThrow().id());

        comeIn();
        tellTheAddresses();
        tellTheProvider();
        tryTheSignIn();
        finish();

        assertShows("Vestibule is set up", "done");
        program.awaitPrinted(LISTENS);
        browser.click(By.linkText("Open " + site));
        browser.await(LivePage.READY);
        assertThat(home.userNamed("Ada")).isPresent();
        assertThat(program.printed()).doesNotContain("owner-password", "a-client-secret");
    }

    @Test
    void speaksTheLanguageOfTheBrowser() {
        program.awaitPrinted(CODE);
        browser.speak("de-AT");
        browser.open(site);

        assertShows("Vestibule einrichten", "code-german");
    }
}
