package dev.vestibule.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.http.Language;
import dev.vestibule.setup.SetupPreset;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.FutureTask;

/// The first-run page from the code to the files, between a scripted Home Assistant and a scripted
/// OpenID provider.
@Timeout(120)
class FirstRunTest {

    private static final String CLIENT_SECRET = "a-client-secret";

    @TempDir Path directory;
    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    private final ScriptedOpenIdProvider provider = ScriptedOpenIdProvider.start();
    private final VisitorBrowser browser = new VisitorBrowser();
    private OpenPage open;

    @BeforeEach
    void open() {
        open = new OpenPage(file());
        provider.addPerson(Person.of("ada", "Ada").withGroups("house-admins", "family"));
        provider.signInAutomaticallyAs("ada");
        assertThat(open.enter(browser, open.code()).status()).isEqualTo(303);
    }

    @AfterEach
    void close() {
        open.close();
        browser.close();
        provider.close();
        home.close();
    }

    private Path file() {
        return directory.resolve("vestibule.yaml");
    }

    private Answer answer(String step, String... fields) {
        return open.answer(browser, step, fields);
    }

    private String shown(String step) {
        return browser.get(open.at("/first-run/" + step)).body();
    }

    private void assertLeadsTo(String step, Answer answer) {
        assertThat(answer.location()).as(answer.body()).isEqualTo("/first-run/" + step);
    }

    private URI callback() {
        return open.at("/auth/vestibule/callback/sso");
    }

    /// @param publicUrl what people will open
    private void goToTheTrial(String publicUrl) {
        assertLeadsTo("address", answer("home-assistant", "home-assistant", home.url().toString()));
        assertLeadsTo("provider", answer("address", "public-url", publicUrl));
        assertLeadsTo("issuer", answer("provider", "preset", "generic"));
        assertLeadsTo(
                "client",
                answer("issuer", "generic-0", provider.issuer().toString(), "generic-id", "sso"));
        assertLeadsTo(
                "trial",
                answer(
                        "client",
                        "client-id",
                        "vestibule",
                        "client-secret",
                        CLIENT_SECRET,
                        "button",
                        "The family's account"));
    }

    private void registerWith(URI redirectUri) {
        provider.register(RegisteredClient.secretBasic("vestibule", CLIENT_SECRET, redirectUri));
    }

    /// Signs in at the provider, and comes back to this very page.
    private void tryTheSignIn() {
        registerWith(callback());
        Answer back = browser.walk(open.at("/first-run/trial/open"), "nowhere");
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(back.body())
                .contains("The sign-in works.")
                .contains("family, house-admins", "ada@example.org");
        assertLeadsTo("roles", answer("trial"));
    }

    private void goToTheEnd() {
        goToTheTrial(open.at("").toString());
        tryTheSignIn();
        assertLeadsTo("finish", answer("roles", "admin", "house-admins", "otherwise", "refuse"));
    }

    private GatewayConfig written() {
        ConfigResult result = ConfigReader.read(InstantSource.system(), file(), Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    @Test
    void writesAConfigurationThatServeReads() throws IOException {
        goToTheEnd();
        assertThat(file()).doesNotExist();
        assertThat(shown("finish"))
                .contains("Ada would be")
                .contains("Administrator")
                .contains("<dt>Groups that administer</dt><dd>house-admins</dd>");

        Answer last = answer("finish", "username", "owner", "password", "owner-password");

        assertThat(last.status()).isEqualTo(200);
        assertThat(last.body())
                .contains("Vestibule is set up")
                .contains(open.at("").toString())
                .doesNotContain("owner-password")
                .doesNotContain(CLIENT_SECRET);
        assertThat(open.page().await()).isEqualTo(new FirstRunResult.Written());
        GatewayConfig config = written();
        assertThat(config.listen().port()).isEqualTo(open.page().port());
        assertThat(config.providers().getFirst().displayName()).isEqualTo("The family's account");
        assertThat(config.homes().getFirst().roles().admin()).containsExactly("house-admins");
        assertThat(Files.readString(directory.resolve("sso.secret"))).contains(CLIENT_SECRET);
        assertThat(home.record().contains("long_lived_access_token")).isTrue();
    }

    @Test
    void nothingIsMadeOrWrittenBeforeTheLastAnswer() throws IOException {
        goToTheEnd();

        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(home.record().contains("/auth/login_flow")).isFalse();
        assertThat(home.record().socketMessages()).isEmpty();
    }

    @Test
    void noStepIsLeftOut() {
        assertThat(browser.get(open.at("/first-run/finish")).location())
                .isEqualTo("/first-run/home-assistant");
        assertLeadsTo("address", answer("home-assistant", "home-assistant", home.url().toString()));

        Answer early =
                open.post(
                        browser,
                        "/first-run/finish",
                        Map.of(
                                "form-token",
                                OpenPage.token(shown("address")),
                                "username",
                                "owner",
                                "password",
                                "owner-password"));

        assertLeadsTo("address", early);
        assertThat(home.record().contains("/auth/login_flow")).isFalse();
    }

    @Test
    void aWrongAnswerStandsWhereItWasTypedWithWhatIsWrong() {
        Answer nonsense = answer("home-assistant", "home-assistant", "home \"assistant\"");

        assertThat(nonsense.status()).isEqualTo(422);
        assertThat(nonsense.body())
                .contains("value=\"home &#34;assistant&#34;\"")
                .contains("aria-invalid=\"true\"")
                .contains("Write scheme, host and port only");
    }

    @Test
    void whatAnswersElsewhereIsToldAtOnce() {
        assertThat(answer("home-assistant", "home-assistant", provider.issuer().toString()).body())
                .contains("What answers there is not Home Assistant.");
        assertThat(answer("home-assistant", "home-assistant", "http://127.0.0.1:1").body())
                .contains("Home Assistant does not answer");
        try (ScriptedHomeAssistant empty =
                ScriptedHomeAssistant.start(HomeOptions.defaults().withOnboarded(false))) {
            assertThat(answer("home-assistant", "home-assistant", empty.url().toString()).body())
                    .contains("has no users yet");
        }
    }

    @Test
    void aWrongIssuerIsToldWithWhatWasTyped() {
        goToTheTrial("https://home.example.org");

        Answer wrong =
                answer("issuer", "generic-0", provider.issuer() + "/wrong", "generic-id", "My IdP");
        assertThat(wrong.body())
                .contains("value=\"" + provider.issuer() + "/wrong\"")
                .contains("value=\"My IdP\"")
                .contains("Write up to 32 lower-case letters");

        Answer unfit =
                answer("issuer", "generic-0", provider.issuer() + "/wrong", "generic-id", "sso");
        assertThat(unfit.status()).isEqualTo(422);
        assertThat(unfit.body()).contains("The provider does not fit. What was found: ");
    }

    @Test
    void theClientSecretIsNeverShownAgain() {
        goToTheTrial("https://home.example.org");

        assertThat(shown("client"))
                .contains("value=\"vestibule\"")
                .contains("https://home.example.org/auth/vestibule/callback/sso")
                .doesNotContain(CLIENT_SECRET);
        assertThat(answer("client", "client-id", "", "client-secret", CLIENT_SECRET).body())
                .contains("An answer is needed here.")
                .doesNotContain(CLIENT_SECRET);
    }

    @Test
    void theAddressAtWhichTheBrowserEndedMayBePasted() {
        goToTheTrial("https://home.example.org");
        registerWith(URI.create("https://home.example.org/auth/vestibule/callback/sso"));
        String ended =
                browser.walk(open.at("/first-run/trial/open"), "https://home.example.org")
                        .location();

        assertThat(answer("trial", "trial-address", "https://home.example.org/").body())
                .contains("This is not where the provider sends browsers back to.");
        assertLeadsTo("trial", answer("trial", "trial-address", ended));
        assertThat(shown("trial")).contains("The sign-in works.").contains("Ada");
        assertLeadsTo("roles", answer("trial"));
    }

    @Test
    void theAnswerMayComeByTheHomesNameAndTellsNothingThere() throws IOException {
        goToTheTrial("https://home.example.org");
        registerWith(URI.create("https://home.example.org/auth/vestibule/callback/sso"));
        String ended =
                browser.walk(open.at("/first-run/trial/open"), "https://home.example.org")
                        .location();
        String target = ended.substring("https://home.example.org".length());

        String answer =
                RawRequest.get(target, "Host: home.example.org", "X-Forwarded-For: 203.0.113.7")
                        .sendTo(open.page().port());

        assertThat(answer)
                .startsWith("http/1.1 200")
                .contains("The sign-in has arrived")
                .doesNotContain("Ada")
                .doesNotContain("set-cookie");
        assertThat(shown("trial")).contains("The sign-in works.");
        assertThat(
                        RawRequest.get("/first-run/trial", "Host: home.example.org")
                                .sendTo(open.page().port()))
                .startsWith("http/1.1 421");
    }

    @Test
    void aLookAtTheAnswersAddressDoesNotUseItUp() throws IOException {
        goToTheTrial("https://home.example.org");
        registerWith(URI.create("https://home.example.org/auth/vestibule/callback/sso"));
        String ended =
                browser.walk(open.at("/first-run/trial/open"), "https://home.example.org")
                        .location();
        String target = ended.substring("https://home.example.org".length());

        String looked =
                new RawRequest("HEAD " + target + " HTTP/1.1\r\nHost: home.example.org\r\n", "")
                        .sendTo(open.page().port());

        assertThat(looked).startsWith("http/1.1 421");
        assertLeadsTo("trial", answer("trial", "trial-address", ended));
        assertThat(shown("trial")).contains("The sign-in works.");
    }

    @Test
    void whatWasSeenStaysWhereTheTrialIsOpenedOnceMoreAndFails() {
        goToTheTrial(open.at("").toString());
        tryTheSignIn();
        provider.close();

        browser.get(open.at("/first-run/trial/open"));

        assertThat(shown("trial")).contains("The sign-in works.");
    }

    @Test
    void aStrangersAnswerWaitsForNoStep() throws Exception {
        goToTheTrial("https://home.example.org");
        Ambush held = home.faults().ambush("GET /auth/providers", Ambush.Moment.BEFORE);
        FutureTask<Answer> step =
                new FutureTask<>(() -> answer("home-assistant", "home-assistant", home.url() + ""));
        Thread.ofVirtual().start(step);
        held.await();

        String stranger =
                RawRequest.get(
                                "/auth/vestibule/callback/sso?code=x&state=y",
                                "Host: home.example.org")
                        .sendTo(open.page().port());

        assertThat(stranger).startsWith("http/1.1 400");
        held.release();
        // Had the stranger waited, the step would have waited for Home Assistant in vain.
        assertLeadsTo("address", step.get());
    }

    @Test
    void anAnswerThatNobodyAskedForChangesNothing() throws IOException {
        goToTheTrial("https://home.example.org");

        String answer =
                RawRequest.get(
                                "/auth/vestibule/callback/sso?code=x&state=y",
                                "Host: home.example.org")
                        .sendTo(open.page().port());

        assertThat(answer).startsWith("http/1.1 400").contains("Nobody waits for this sign-in");
        assertThat(shown("trial")).contains("Sign in at the provider");
        assertThat(provider.requests()).noneMatch(asked -> asked.toString().contains("code=x"));
    }

    @Test
    void aWrongClientSecretShowsAtTheTrial() {
        goToTheTrial(open.at("").toString());
        provider.register(RegisteredClient.secretBasic("vestibule", "another-secret", callback()));

        Answer back = browser.walk(open.at("/first-run/trial/open"), "nowhere");

        assertThat(back.body())
                .contains("The provider does not accept Vestibule as its client")
                .doesNotContain("another-secret")
                .doesNotContain(CLIENT_SECRET);
    }

    @Test
    void whoeverComesWithoutGroupsIsToldHowTheyCome() {
        provider.addPerson(Person.of("sam", "Sam"));
        provider.signInAutomaticallyAs("sam");
        goToTheTrial(open.at("").toString());
        registerWith(callback());

        Answer back = browser.walk(open.at("/first-run/trial/open"), "nowhere");

        assertThat(back.body())
                .contains("The provider sends no groups.")
                .contains(SetupPreset.GENERIC.groupsAdvice().in(Language.ENGLISH).substring(0, 30));
    }

    @Test
    void whoeverWouldBeRefusedIsToldBeforeAnythingIsWritten() {
        goToTheTrial(open.at("").toString());
        tryTheSignIn();
        assertThat(answer("roles", "admin", "", "user", "", "otherwise", "refuse").body())
                .contains("Nobody could sign in then.");
        assertLeadsTo("finish", answer("roles", "admin", "others", "otherwise", "refuse"));

        assertThat(shown("finish")).contains("Ada, who tried the sign-in, would be refused.");
    }

    @Test
    void aWrongPasswordIsAskedForAgainAndTheNameIsNot() {
        goToTheEnd();

        Answer wrong = answer("finish", "username", "owner", "password", "not-this-one");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("does not accept this user name and password")
                .contains("value=\"owner\"")
                .doesNotContain("not-this-one");
        assertThat(file()).doesNotExist();
        assertThat(answer("finish", "username", "owner", "password", "owner-password").status())
                .isEqualTo(200);
        assertThat(file()).exists();
    }

    @Test
    void anAdministratorsSecondFactorIsAskedForUntilItIsRight() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        home.enableTotp(owner);
        goToTheEnd();

        assertLeadsTo(
                "finish", answer("finish", "username", "owner", "password", "owner-password"));
        assertThat(shown("finish")).contains("second factor").doesNotContain("owner-password");
        assertLeadsTo("finish", answer("finish", "second-factor", "000000"));
        assertThat(shown("finish")).contains("does not accept this code");
        Answer last = answer("finish", "second-factor", home.totpCode(owner));

        assertThat(last.body()).contains("Vestibule is set up");
        assertThat(written().homes()).hasSize(1);
    }

    @Test
    void aSecondFactorOfOneHomeAssistantWritesNothingForAnother() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        home.enableTotp(owner);
        goToTheEnd();
        answer("finish", "username", "owner", "password", "owner-password");
        try (ScriptedHomeAssistant another = ScriptedHomeAssistant.start()) {
            answer("home-assistant", "home-assistant", another.url().toString());

            Answer late = answer("finish", "second-factor", home.totpCode(owner));

            assertLeadsTo("finish", late);
            assertThat(shown("finish"))
                    .contains("name=\"password\"")
                    .doesNotContain("second factor");
            assertThat(home.record().contains("long_lived_access_token")).isFalse();
            assertThat(another.record().contains("/auth/login_flow")).isFalse();
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void aSecondClickOnThePasswordIsNoWrongCode() {
        String owner = home.userNamed("Owner").orElseThrow().id();
        home.enableTotp(owner);
        goToTheEnd();

        answer("finish", "username", "owner", "password", "owner-password");
        answer("finish", "username", "owner", "password", "owner-password");

        assertThat(shown("finish"))
                .contains("second factor")
                .doesNotContain("does not accept this code");
        assertThat(answer("finish", "second-factor", home.totpCode(owner)).body())
                .contains("Vestibule is set up");
    }

    @Test
    void whoeverClicksTwiceDoesNotGetTwoTokens() throws IOException {
        goToTheEnd();
        RawRequest click = clickOnTheLastButton();
        Ambush held = home.faults().ambush("POST /auth/login_flow", Ambush.Moment.BEFORE);
        int port = open.page().port();
        try (RawRequest.Sent first = click.beginAt(port)) {
            held.await();
            try (RawRequest.Sent second = click.beginAt(port)) {
                // Whoever comes later is answered: the second click has been heard by now.
                assertThat(RawRequest.get("/nothing", "Host: localhost").sendTo(port))
                        .startsWith("http/1.1 404");
                held.release();

                assertThat(first.answer()).contains("Vestibule is set up");
                assertThat(second.answer()).contains("Vestibule is set up");
            }
        }
        assertThat(home.record().socketMessages())
                .filteredOn(message -> message.contains("auth/long_lived_access_token"))
                .hasSize(1);
    }

    private RawRequest clickOnTheLastButton() {
        return RawRequest.post(
                "/first-run/finish",
                "username=owner&password=owner-password&form-token="
                        + OpenPage.token(shown("finish")),
                "Host: " + open.at("").getAuthority(),
                "Origin: " + open.at(""),
                "Cookie: " + browser.cookies(open.at("/")));
    }

    @Test
    void aTokenIsKeptWhereTheSignInThatMadeItCannotBeEnded() {
        goToTheEnd();
        home.faults().answer("/auth/revoke", 502);

        Answer last = answer("finish", "username", "owner", "password", "owner-password");

        assertThat(last.body())
                .contains("Vestibule is set up")
                .contains("It did not end your sign-in of just now.");
        assertThat(written().homes()).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenNamesTheTokenAndCanBeTriedAgain() throws IOException {
        goToTheEnd();
        Path obstacle = directory.resolve("vestibule.yaml.new/full");
        Files.createDirectories(obstacle);

        Answer failed = answer("finish", "username", "owner", "password", "owner-password");
        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.body()).contains("Remove the token 'Vestibule'");

        Files.delete(obstacle);
        assertThat(answer("finish", "username", "owner", "password", "owner-password").body())
                .contains("Vestibule is set up")
                .contains("Vestibule 2");
        assertThat(written().homes()).hasSize(1);
    }

    @Test
    void whatTheConfigurationWouldNotTakeIsToldWhereItWasTyped() {
        goToTheTrial("https://home.example.org");
        String tooLong = "x".repeat(1_025);

        assertThat(answer("client", "client-id", tooLong, "button", "Ours").body())
                .contains("This is too long. 1024 characters are taken at most.");
        assertLeadsTo("roles", answer("trial", "without", "yes"));
        assertThat(answer("roles", "admin", "house\tadmins", "otherwise", "refuse").body())
                .contains("This holds a control character.");
        assertThat(answer("roles", "admin", "a," + tooLong, "otherwise", "user").body())
                .contains("This is too long.");
        assertThat(browser.get(open.at("/first-run/finish")).location())
                .isEqualTo("/first-run/roles");
    }

    @Test
    void whoeverIsNoAdministratorMakesNothing() {
        home.addUser("Ben", "ben", "ben-password", "system-users");
        goToTheEnd();

        assertThat(answer("finish", "username", "ben", "password", "ben-password").body())
                .contains("Ben is no administrator of Home Assistant.");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aFileThatCameMeanwhileStaysAndNoTokenIsMade() throws IOException {
        goToTheEnd();
        Files.writeString(file(), "mine");

        Answer answer = answer("finish", "username", "owner", "password", "owner-password");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("exists already");
        assertThat(Files.readString(file())).isEqualTo("mine");
        assertThat(home.record().contains("/auth/login_flow")).isFalse();
    }

    @Test
    void anotherAddressUndoesWhatWasJudgedByIt() {
        goToTheEnd();

        assertLeadsTo("provider", answer("address", "public-url", "https://home.example.org"));

        assertThat(browser.get(open.at("/first-run/finish")).location())
                .isEqualTo("/first-run/issuer");
        assertThat(shown("issuer")).contains("value=\"" + provider.issuer() + "\"");
    }
}
