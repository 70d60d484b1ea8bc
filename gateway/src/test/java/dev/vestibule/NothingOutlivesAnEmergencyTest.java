package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.homeassistant.TrustedCertificates;
import dev.vestibule.testhouse.home.HomeCertificate;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.program.ScriptedProgram;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;
import dev.vestibule.testhouse.voice.VoiceVendor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/// What works on when the session that it was made in has ended: an administrator who came by the
/// provider makes each of these, so that it is there to be made, and an emergency administrator
/// makes none. The keys of wall tablets are in [KioskKeyTest].
class NothingOutlivesAnEmergencyTest {

    private static final String CALLBACK = "https://app.example.net/callback";
    private static final String PASSKEYS = "/auth/vestibule/passkeys";
    private static final String LINK = "/auth/vestibule/local/link";
    private static final String PASSWORD = "correct horse";
    private static final Pattern PROVIDER =
            Pattern.compile("href=\"(/auth/vestibule/sign-in/op\\?choice=[^\"]+)\"");
    private static final Pattern CONTINUE =
            Pattern.compile("class=\"button\" href=\"(/auth/vestibule/sign-in[^\"]+)\"");
    private static final Pattern CHOICE = Pattern.compile("name=\"choice\" value=\"([^\"]+)\"");
    private static final String SHOWN_CODE = "<code class=\"large\">";

    enum Lasting {
        LISTED_PROGRAM,
        UNKNOWN_PROGRAM,
        VOICE_ASSISTANT,
        APP_BY_HAND_OFF,
        PASSKEY,
        LONG_LIVED_TOKEN,
        WEBHOOK_OF_A_PHONE,
        LINKED_USER,
        USER_GIVEN_AT_THE_CONSOLE,
        IDENTITY_SYSTEM
    }

    private static HomeCertificate certificate;

    private final VisitorBrowser browser = new VisitorBrowser();
    private SSLContext systems;
    private ScriptedProgram program;
    private TestHouse house;

    @BeforeAll
    static void certify(@TempDir Path directory) {
        certificate = HomeCertificate.make(directory, "dns:localhost");
    }

    @BeforeEach
    void start() throws NoSuchAlgorithmException {
        systems = SSLContext.getDefault();
        SSLContext.setDefault(TrustedCertificates.systemAnd(List.of(certificate.file())));
        program = ScriptedProgram.start(certificate);
        program.publish("/client.json", "Kitchen Helper", "\"" + CALLBACK + "\"");
        ClientsConfig clients =
                new ClientsConfig(
                        List.of("my-home"),
                        List.of(),
                        List.of(program.at("/client.json")),
                        UnknownClients.ASK);
        house =
                new TestHouse(
                        Plan.USUAL.changed(
                                config ->
                                        SignInChange.of(NothingOutlivesAnEmergencyTest::open)
                                                .apply(ClientsChange.of(clients).apply(config))));
        browser.carry("Sec-Fetch-Site", "same-origin");
    }

    private static SignInConfig open(SignInConfig usual) {
        return new SignInConfig(
                LocalLogin.ON,
                Linking.OFFER,
                true,
                usual.apps(),
                usual.breakGlass(),
                usual.kiosks());
    }

    @AfterEach
    void close() {
        SSLContext.setDefault(systems);
        browser.close();
        house.close();
        program.close();
    }

    @ParameterizedTest
    @EnumSource
    void aPersonMakesIt(Lasting what) {
        house.provider().signInAutomaticallyAs("ada");
        var _ = enter(house.at("/auth/vestibule/sign-in?next=" + PASSKEYS));

        assertThat(isMade(what, "ada")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anEmergencyAdministratorDoesNot(Lasting what) {
        ControlOutcome made = house.gateway().commands().emergency().breakGlass("", true);
        if (!(made instanceof ControlOutcome.NewToken(var code, _))) {
            throw new AssertionError("no code: " + made);
        }
        Answer in =
                browser.postForm(
                        house.at("/auth/vestibule/break-glass"), Map.of("code", code.reveal()));
        assertThat(in.location()).isEqualTo(house.at("/").toString());

        assertThat(isMade(what, "break-glass")).isFalse();
    }

    private boolean isMade(Lasting what, String who) {
        return switch (what) {
            case LISTED_PROGRAM -> gives(authorize(program.at("/client.json").toString()));
            case UNKNOWN_PROGRAM -> gives(authorize("https://app.example.net"));
            case VOICE_ASSISTANT ->
                    gives(
                            VoiceVendor.google(URI.create(house.origin().toString()), "my-home")
                                    .linkAddress());
            case APP_BY_HAND_OFF -> letsAnAppIn();
            case PASSKEY -> enrols();
            case LONG_LIVED_TOKEN -> makesAToken();
            case WEBHOOK_OF_A_PHONE -> house.register(browser, accessToken()).status() == 201;
            case LINKED_USER -> links(who);
            case USER_GIVEN_AT_THE_CONSOLE -> givesBenAUser();
            case IDENTITY_SYSTEM -> addsAnIdentitySystem();
        };
    }

    private boolean addsAnIdentitySystem() {
        Answer answer =
                browser.postForm(
                        house.at("/auth/vestibule/console/identity-systems"),
                        Map.of("change", "add", "name", "okta", "provider", "op"));
        return answer.status() == 200 && answer.body().contains("vst_scim_");
    }

    private boolean givesBenAUser() {
        try (VisitorBrowser ben = new VisitorBrowser()) {
            house.provider().signInAutomaticallyAs("ben");
            var _ = enter(ben, house.authorizeAddress());
        }
        HomeUser before =
                house.homeAssistant().addUser("Benjamin", "benjamin", PASSWORD, "system-users");
        Answer answer =
                browser.postForm(
                        house.at(
                                "/auth/vestibule/console/people/"
                                        + house.account("ben").id().value()),
                        Map.of("change", "attach", "home", "home", "user", before.id()));
        return answer.status() == 302 && answer.location().contains("done=attached");
    }

    /// Goes to the provider where the gateway offers ways in.
    private Answer enter(URI start) {
        return enter(browser, start);
    }

    private Answer enter(VisitorBrowser with, URI start) {
        Answer answer = with.walk(start, house.landing());
        Matcher provider = PROVIDER.matcher(answer.body());
        return provider.find() ? with.walk(house.at(provider.group(1)), house.landing()) : answer;
    }

    private URI authorize(String clientId) {
        return house.at(
                "/auth/authorize?response_type=code&state=x&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(CALLBACK)
                        + "&code_challenge_method=S256"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    private boolean gives(URI asked) {
        ConsentingPerson person = new ConsentingPerson(house, browser);
        Answer page = person.open(asked);
        return page.body().contains("name=\"request\"")
                && ConsentingPerson.leadsTo(person.press(page, "allow"))
                        .toString()
                        .contains("code=");
    }

    private boolean letsAnAppIn() {
        try (CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID)) {
            Answer page = phone.open();
            String link = CompanionPhone.linkIn(page);
            Matcher goOn = CONTINUE.matcher(browser.get(house.at("/auth/app/" + link)).body());
            assertThat(goOn.find()).isTrue();
            Answer shown = enter(house.at(goOn.group(1).replace("&amp;", "&")));
            return shown.body().contains(SHOWN_CODE)
                    && !CompanionPhone.appCode(phone.type(link, CompanionPhone.codeIn(shown)))
                            .isEmpty();
        }
    }

    private boolean enrols() {
        Answer options =
                browser.postForm(house.at("/auth/vestibule/passkey/creation-options"), Map.of());
        if (options.status() != 200) {
            return false;
        }
        JsonNode made =
                new VirtualAuthenticator()
                        .create(GatewayHouse.json(options), house.origin().toString());
        return browser.postForm(
                        house.at(PASSKEYS), Map.of("name", "Phone", "answer", made.toString()))
                .location()
                .endsWith("?done=added");
    }

    private boolean makesAToken() {
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(accessToken())).isEqualTo("auth_ok");
            JsonNode answer =
                    socket.ask(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("type", "auth/long_lived_access_token")
                                    .put("client_name", "gps")
                                    .put("lifespan", 365));
            return answer.path("success").asBoolean();
        }
    }

    private String accessToken() {
        Answer back = browser.walk(house.authorizeAddress(), house.landing());
        Matcher asked = CHOICE.matcher(back.body());
        Answer there =
                asked.find()
                        ? browser.postForm(
                                house.at(LINK), Map.of("choice", asked.group(1), "login", "none"))
                        : back;
        return house.redeem(browser, GatewayHouse.codeIn(there)).accessToken();
    }

    private boolean links(String who) {
        HomeUser greta = house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
        var _ =
                browser.postForm(
                        house.at(LINK),
                        Map.of("choice", "", "username", "greta", "password", PASSWORD));
        return house.gateway()
                .facts()
                .homeUsers()
                .userIdOf(house.account(who).id(), Defaults.HOME_NAME)
                .filter(greta.id()::equals)
                .isPresent();
    }
}
