package dev.vestibule;

import static dev.vestibule.LocalLogins.AT_HOME;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.NETWORK;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.Role;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.openid.CallbackLie;
import dev.vestibule.testhouse.openid.ClaimLie;
import dev.vestibule.testhouse.openid.Lie;
import dev.vestibule.testhouse.openid.SignatureLie;
import dev.vestibule.testhouse.openid.TokenLie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Every way in and through, rightly and wrongly, with everything that our own rooms say: nothing
/// that opens anything is in a line of the log, or in the audit log.
final class NoSecretInTheLogTest {

    private static final String PASSWORD = "the-password-of-greta-7731";
    private static final String WRONG_PASSWORD = "a-guess-of-somebody-5519";

    private final ScimHouse scim = new ScimHouse(new TestHouse(Plan.USUAL.changed(ways())));
    private final TestHouse house = scim.house();
    private final VisitorBrowser browser = new VisitorBrowser();
    private final Harvest harvest = new Harvest();
    private final HouseLog log = new HouseLog();

    private static UnaryOperator<GatewayConfig> ways() {
        SignInConfig ways =
                new SignInConfig(
                        LocalLogin.ON,
                        Linking.OFF,
                        true,
                        Defaults.SIGN_IN.apps(),
                        Defaults.BREAK_GLASS,
                        List.of(
                                new KioskConfig(
                                        "hallway",
                                        List.of(LocalLogins.cidr("127.0.0.7")),
                                        KioskConfig.DeviceKey.OFF,
                                        Role.USER,
                                        List.of()),
                                new KioskConfig(
                                        "kitchen",
                                        List.of(LocalLogins.cidr("127.0.0.9")),
                                        KioskConfig.DeviceKey.REQUIRED,
                                        Role.USER,
                                        List.of())));
        return SignInChange.of(ways, NETWORK);
    }

    @AfterEach
    void close() {
        log.close();
        browser.close();
        scim.close();
    }

    /// What went to and fro, and what has been written by now. Connections that are closed are
    /// still written about for a moment; what they say is what others said before.
    private void nothingIsWritten(String... kinds) {
        harvest.provider(house.provider());
        harvest.home(house.homeAssistant());
        harvest.cookies(browser.cookies(house.at("/")));
        assertThat(harvest.kinds()).contains(kinds);
        assertThat(log.entries()).hasSizeGreaterThan(5);
        Stream<String> lines = log.entries().stream().map(HouseLog.Entry::line);
        Stream<String> audited =
                house.gateway().facts().audit().newest(1_000).stream().map(Record::toString);
        assertThat(Stream.concat(lines, audited))
                .allSatisfy(line -> assertThat(harvest.in(line)).as(line).isEmpty());
    }

    private SignedIn kept(SignedIn tokens) {
        harvest.add("access_token", tokens.accessToken());
        harvest.add("refresh_token", tokens.refreshToken());
        return tokens;
    }

    private SignedIn signIn(String name) {
        SignedIn tokens = kept(house.signIn(browser, name));
        harvest.cookies(browser.cookies(house.at("/")));
        return tokens;
    }

    @Test
    void throughTheProvider() throws IOException {
        harvest.add("master key", Files.readString(house.config().masterKeyFile()).strip());
        harvest.add("administrator", house.homeAssistant().administratorToken());
        SignedIn ben = signIn("ben");

        Answer refreshed = house.refresh(browser, ben.refreshToken(), house.clientId());
        harvest.text(refreshed.body());
        house.refresh(browser, harvest.add("token", "made-up-" + "r".repeat(43)), "http://x/");
        house.get(browser, "/api/config", harvest.add("token", "made.up." + "b".repeat(30)));
        house.get(browser, "/api/config?authSig=" + ben.accessToken(), ben.accessToken());
        browser.get(
                house.at("/auth/vestibule/callback/op?state=" + "s".repeat(43) + "&code=c0de1234"));
        harvest.add("state", "s".repeat(43));
        harvest.add("code", "c0de1234");
        browser.postForm(house.at("/auth/revoke"), Map.of("token", ben.refreshToken()));
        browser.postForm(
                house.at("/auth/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        harvest.add("code", "a-code-that-was-made-up"),
                        "client_id",
                        house.clientId()));

        nothingIsWritten(
                "state",
                "nonce",
                "code",
                "code_verifier",
                "refresh_token",
                "access_token",
                "authorization",
                "cookie",
                "master key",
                "password",
                "administrator");
    }

    @Test
    void aProviderThatLies() {
        for (Lie lie :
                Stream.<Lie[]>of(
                                CallbackLie.values(),
                                ClaimLie.values(),
                                SignatureLie.values(),
                                TokenLie.values())
                        .flatMap(Stream::of)
                        .toList()) {
            house.provider().lie(lie);
            house.provider().signInAutomaticallyAs("ben");
            try (VisitorBrowser other = new VisitorBrowser()) {
                Answer page = house.throughTheProvider(other);
                harvest.cookies(other.cookies(house.at("/")));
                harvest.text(page.location());
            }
        }

        nothingIsWritten("state", "nonce", "code", "authorization", "cookie");
        assertThat(log.entries()).anyMatch(entry -> entry.isOf("provider-answer-rejected"));
    }

    @Test
    void withAPasswordAndASecondFactor() {
        HomeUser greta = house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
        house.homeAssistant().enableTotp(greta.id());
        harvest.add("password", PASSWORD);
        try (HouseBrowser guest = new HouseBrowser(house, AWAY)) {
            type(guest, harvest.add("password", WRONG_PASSWORD));
            HouseBrowser.Answer asked = type(guest, PASSWORD);
            harvest.add("question", asked.hidden("question"));
            answer(guest, asked, harvest.add("second factor", "000017"));
            HouseBrowser.Answer in =
                    answer(
                            guest,
                            asked,
                            harvest.add(
                                    "second factor", house.homeAssistant().totpCode(greta.id())));
            harvest.text(in.location());
            guest.cookies().forEach(value -> harvest.add("cookie", value));
        }

        nothingIsWritten("password", "second factor", "question", "choice", "cookie");
    }

    private HouseBrowser.Answer type(HouseBrowser guest, String password) {
        HouseBrowser.Answer page = guest.follow(guest.get(house.authorizeAddress()));
        return guest.post(
                "/auth/vestibule/local",
                Map.of(
                        "choice",
                        harvest.add("choice", page.hidden("choice")),
                        "username",
                        "greta",
                        "password",
                        password));
    }

    private static HouseBrowser.Answer answer(
            HouseBrowser guest, HouseBrowser.Answer asked, String code) {
        return guest.post(
                "/auth/vestibule/mfa",
                Map.of("question", asked.hidden("question"), "answer", code));
    }

    @Test
    void withAPasskey() {
        signIn("ada");
        browser.carry("Sec-Fetch-Site", "same-origin");
        VirtualAuthenticator phone = new VirtualAuthenticator();
        String origin = house.origin().toString();
        JsonNode creation = options("/auth/vestibule/passkey/creation-options");
        String made = phone.create(creation, origin).toString();
        browser.postForm(
                house.at("/auth/vestibule/passkeys"), Map.of("name", "Phone", "answer", made));
        JsonNode request = options("/auth/vestibule/passkey/request-options");
        String signed =
                phone.get(request, origin, dev.vestibule.testhouse.passkey.Lie.NONE).toString();
        harvest.text(signed);
        browser.postForm(
                house.at("/auth/vestibule/passkey/sign-in"),
                Map.of("choice", harvest.add("choice", "c".repeat(43)), "answer", signed));
        browser.postForm(
                house.at("/auth/vestibule/passkey/sign-in"),
                Map.of("choice", "c".repeat(43), "answer", signed));

        nothingIsWritten("challenge", "signature", "cookie");
        assertThat(log.entries()).anyMatch(entry -> entry.isOf("PasskeyAdded"));
    }

    private JsonNode options(String path) {
        JsonNode options = GatewayHouse.json(browser.postForm(house.at(path), Map.of()));
        harvest.text(options.toString());
        return options;
    }

    @Test
    void breakingTheGlass() {
        ControlOutcome outcome = house.gateway().commands().emergency().breakGlass("", false);
        assertThat(outcome).isInstanceOf(ControlOutcome.NewToken.class);
        String code = outcome instanceof ControlOutcome.NewToken(var one, _) ? one.reveal() : "";
        harvest.add("emergency code", code);
        harvest.add("emergency code", code.replace("-", ""));
        try (HouseBrowser person = new HouseBrowser(house, AT_HOME)) {
            String wrong = harvest.add("emergency code", "7777-".repeat(8));
            person.post("/auth/vestibule/break-glass", Map.of("code", wrong));
            person.post("/auth/vestibule/break-glass", Map.of("code", code));
            person.post("/auth/vestibule/break-glass", Map.of("code", code));
            person.cookies().forEach(value -> harvest.add("cookie", value));
        }

        nothingIsWritten("emergency code", "cookie");
        assertThat(log.entries()).anyMatch(entry -> entry.isOf("break-glass-used"));
    }

    @Test
    void identitySystems() {
        String token = harvest.add("scim token", scim.tokenOf("directory"));
        var client = scim.bearer("Bearer " + token);
        String ben = client.createUser("ben");
        client.patchOperations(
                "/Users/" + ben, "{'op':'replace','path':'active','value':'nonsense'}");
        signIn("ben");
        client.patchOperations("/Users/" + ben, "{'op':'replace','path':'active','value':false}");
        scim.bearer("Bearer " + harvest.add("scim token", "vst_scim_" + "q".repeat(43)))
                .delete("/Users/x");

        nothingIsWritten("scim token", "refresh_token");
    }

    @Test
    void whatSomebodyHasAtHome() {
        SignedIn ben = signIn("ben");
        String webhook = harvest.add("webhook_id", house.registerPhone(browser, ben.accessToken()));
        house.callWebhook(browser, webhook);
        house.callWebhook(browser, harvest.add("webhook_id", "f".repeat(64)));
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
            String path =
                    socket.call(
                                    JsonNodeFactory.instance
                                            .objectNode()
                                            .put("type", "auth/sign_path")
                                            .put("path", "/api/config"))
                            .path("path")
                            .asText();
            harvest.text(path);
            browser.get(house.at(path));
            browser.get(house.at(path + "x"));
            String token = harvest.add("long-lived", LongLivedTokenTest.make(socket, "gps"));
            house.get(browser, "/api/config", token);
        }
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.authenticate(harvest.add("token", "made.up." + "s".repeat(30)));
        }
        house.suspend("ben");
        house.callWebhook(browser, webhook);
        Eventually.holds(
                () -> log.entries().stream().anyMatch(entry -> entry.isOf("Converged")),
                () -> log.entries().toString());

        nothingIsWritten("webhook_id", "authSig", "long-lived", "access_token", "refresh_token");
    }

    @Test
    void aWallTabletAndAHomeThatIsAway() {
        try (VisitorBrowser tablet = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.7"))) {
            Answer back = tablet.walk(house.authorizeAddress(), house.landing());
            harvest.text(back.location());
            SignedIn hallway = kept(house.redeem(tablet, GatewayHouse.codeIn(back)));
            harvest.cookies(tablet.cookies(house.at("/")));
            house.homeAssistant().stop();
            house.refresh(tablet, hallway.refreshToken(), house.clientId());
            house.get(tablet, "/api/config", hallway.accessToken());
            browser.get(house.at("/api/webhook/" + harvest.add("webhook_id", "e".repeat(64))));
        }

        nothingIsWritten("code", "access_token", "refresh_token", "cookie");
        assertThat(log.entries()).anyMatch(entry -> entry.isOf("token-unanswered"));
    }

    @Test
    void aWallTabletWithAKeyOfItsOwn() {
        KioskProof proof = new KioskProof(house);
        KeyPair key = KioskProof.newKey("secp256r1");
        signIn("ada");
        try (VisitorBrowser tablet = new VisitorBrowser(InetAddress.ofLiteral("127.0.0.9"))) {
            String asked = tablet.get(house.authorizeAddress()).location();
            String choice = harvest.add("choice", asked.replaceFirst(".*choice=", ""));
            String code = KioskProof.code(prove(proof, tablet, key, choice));
            harvest.add("approval code", code.replace("-", ""));
            proof.approve(browser, Map.of("code", harvest.add("approval code", "AAAA-BBBB")));
            proof.approve(browser, Map.of("code", harvest.add("approval code", code)));
            proof.approve(browser, Map.of("code", code, "confirmed", "yes"));
            prove(proof, tablet, KioskProof.newKey("secp384r1"), choice);

            Answer back = prove(proof, tablet, key, choice);

            harvest.text(back.location());
            kept(house.redeem(tablet, GatewayHouse.codeIn(back)));
            harvest.cookies(tablet.cookies(house.at("/")));
        }

        nothingIsWritten("approval code", "challenge", "signature", "choice", "code", "cookie");
        assertThat(log.entries()).anyMatch(entry -> entry.isOf("KioskKeyApproved"));
    }

    private Answer prove(KioskProof proof, VisitorBrowser tablet, KeyPair key, String choice) {
        String challenge = KioskProof.datum(proof.page(tablet, choice), "challenge");
        String signature = proof.sign(key, harvest.add("challenge", challenge));
        return proof.post(tablet, challenge, key, harvest.add("signature", signature), choice);
    }

    @Test
    void anAppThatComesInByHandOff() {
        house.provider().signInAutomaticallyAs("ben");
        try (CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID)) {
            Answer page = phone.open();
            String link = harvest.add("link", CompanionPhone.linkIn(page));
            Answer shown = CompanionPhone.signIn(browser, phone.leaveFrom(page));
            String code = harvest.add("hand-off code", CompanionPhone.codeIn(shown));
            harvest.add("hand-off code", code.replaceAll("[^0-9A-Z]", ""));
            phone.type(link, harvest.add("hand-off code", "AAAA-BBBB"));
            Answer back = phone.type(link, code);
            harvest.add("code", CompanionPhone.appCode(back));
            SignedIn app = kept(phone.redeem(back));
            phone.type(link, code);
            house.get(phone.client(), "/api/config", app.accessToken());
            harvest.cookies(phone.view().cookies(house.at("/")));
        }

        nothingIsWritten("hand-off code", "link", "code", "access_token", "refresh_token");
        assertThat(log.entries()).anyMatch(entry -> entry.isOf("HandOffFinished"));
    }
}
