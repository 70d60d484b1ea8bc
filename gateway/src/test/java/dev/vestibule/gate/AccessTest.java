package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.connection.Cut;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.network.Cidr;
import dev.vestibule.policy.BrowserId;
import dev.vestibule.policy.CapabilityTokens.Kind;
import dev.vestibule.policy.Webhooks.Judgement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// Who passes, by the class of the path. Whoever is refused leaves no byte at Home Assistant.
class AccessTest {

    private static final String CAMERA = "/api/camera_proxy/camera.door";
    private static final String PADDING = "p".repeat(20_000);

    private static RawClient.Answer ask(TestGate gate, String request) throws IOException {
        try (RawClient client = gate.connect()) {
            return client.send(request).read();
        }
    }

    private static void refuses(TestGate gate, String request, int status) throws IOException {
        RawClient.Answer answer = ask(gate, request);

        assertThat(answer.status()).as(request).isEqualTo(status);
        assertThat(gate.home.received()).isEmpty();
    }

    private static void passes(TestGate gate, String request) throws IOException {
        assertThat(ask(gate, request).body()).as(request).isEqualTo("ok");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    @Test
    void aTokenOfALiveGrantPasses() throws IOException {
        try (TestGate gate = new TestGate()) {
            passes(gate, gate.request("GET", "/api/states"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic YTpi", "Bearer", "access-ada", "Bearer  "})
    void anotherAuthorizationIs401(String value) throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("GET", "/api/states", "Authorization: " + value), 401);
        }
    }

    @Test
    void aSessionCookieIsNoCredentialForTheApi() throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(
                    gate,
                    TestGate.anonymous("POST", "/api/services/light/turn_on", session(gate)),
                    401);
        }
    }

    /// F2 and F3: a cookie that may be somebody else's, or that is none of ours, is none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: __Host-vestibule=SESSION; __Host-vestibule=other",
                "Cookie: __Host-vestibule=other; a=b; __Host-vestibule=SESSION",
                "Cookie: vestibule=SESSION",
                "Cookie: vestibule-dev=SESSION",
                "Cookie: __host-vestibule=SESSION",
                "Cookie: __Host-vestibule=\"SESSION\"",
                "Cookie: __Host-vestibule=SESSIONx",
                "Cookie: __Host-vestibule=%00%ff",
                "Cookie: __Host-vestibule=",
                "Cookie: __Host-vestibule-browser=SESSION"
            })
    void aDoubtfulCookieIsNone(String line) throws IOException {
        try (TestGate gate = new TestGate()) {
            String cookie = line.replace("SESSION", gate.session.cookie().reveal());

            refuses(gate, TestGate.anonymous("GET", CAMERA, cookie), 401);
            refuses(gate, TestGate.anonymous("GET", CAMERA, cookie + "; pad=" + PADDING), 401);
        }
    }

    private static String session(TestGate gate) {
        return "Cookie: __Host-vestibule=" + gate.session.cookie().reveal();
    }

    @Test
    void aTokenThatCannotBeJudgedIs503AndNever401() throws IOException {
        Setting setting = new Setting();
        setting.judge = (home, token, from) -> new TokenJudgement.Unjudgeable("away");
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", "/api/states", bearer("other")), 503);
            refuses(gate, TestGate.anonymous("GET", CAMERA, bearer("other")), 503);
        }
    }

    @Test
    void aTokenThatIsJudgedLivePassesWithItsBody() throws IOException {
        try (TestGate known = new TestGate()) {
            Setting setting = new Setting();
            setting.judge = (home, token, from) -> new TokenJudgement.Live(known.grant.grant());
            try (TestGate gate = new TestGate(setting)) {
                passes(
                        gate,
                        TestGate.anonymous(
                                        "POST",
                                        "/api/states/x",
                                        bearer("other"),
                                        "Content-Length: 11")
                                + "hello world");
                assertThat(gate.home.received()).contains("hello world");
            }
        }
    }

    @Test
    void anEndedGrantIs401AtOnce() throws IOException {
        try (TestGate gate = new TestGate()) {
            gate.grant.grant().connections().end(Cut.SUSPENDED);

            refuses(gate, gate.request("GET", "/api/states"), 401);
        }
    }

    private static String signed(String tokenId, String path, Instant expiresAt) {
        String claims =
                "{\"iss\":\"%s\",\"path\":\"%s\",\"params\":[],\"iat\":0,\"exp\":%d}"
                        .formatted(tokenId, path, expiresAt.getEpochSecond());
        return "authSig=e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    @Test
    void aSignedPathOfALiveGrantPasses() throws IOException {
        try (TestGate gate = new TestGate()) {
            Instant soon = gate.facts.clock.instant().plusSeconds(30);

            passes(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            "/api/backup/download/1?"
                                    + signed("id-ada", "/api/backup/download/1", soon)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,id-nobody,/api/backup,30",
        "GET,id-ada,/api/other,30",
        "GET,id-ada,/api/backup,-60",
        "GET,id-ada,/api/backup,90000",
        "POST,id-ada,/api/backup,30"
    })
    void aSignatureThatDoesNotFitIs401(String method, String id, String path, long seconds)
            throws IOException {
        try (TestGate gate = new TestGate()) {
            Instant until = gate.facts.clock.instant().plusSeconds(seconds);

            refuses(
                    gate,
                    TestGate.anonymous(method, "/api/backup?" + signed(id, path, until)),
                    401);
        }
    }

    @Test
    void aSignatureForNobodyOfOursPassesAtHomeOnly() throws IOException {
        Setting setting = new Setting();
        setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        try (TestGate gate = new TestGate(setting)) {
            Instant soon = gate.facts.clock.instant().plusSeconds(30);
            String request =
                    TestGate.anonymous(
                            "GET", "/media/a.mp3?" + signed("content", "/media/a.mp3", soon));

            passes(gate, request);
        }
    }

    @Test
    void aSignatureOfAnEndedGrantIsDeadAtHomeToo() throws IOException {
        Setting setting = new Setting();
        setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        try (TestGate gate = new TestGate(setting)) {
            gate.facts.sessionLifecycle.endGrant(gate.grant.grant().id(), TestFacts.cause());
            Instant soon = gate.facts.clock.instant().plusSeconds(30);

            refuses(
                    gate,
                    TestGate.anonymous("GET", "/media/a?" + signed("id-ada", "/media/a", soon)),
                    401);
        }
    }

    @Test
    void aPictureOpensForWhoIsKnown() throws IOException {
        try (TestGate gate = new TestGate()) {
            BrowserId browser = gate.browsers.create();
            gate.browsers.bind(browser, gate.grant.grant());

            refuses(gate, TestGate.anonymous("GET", CAMERA), 401);
            refuses(gate, TestGate.anonymous("GET", CAMERA + "?token=guess"), 401);
            passes(gate, TestGate.anonymous("GET", CAMERA, session(gate)));
            passes(gate, TestGate.anonymous("GET", CAMERA, cookie(browser)));
            passes(gate, gate.request("GET", CAMERA));
        }
    }

    private static String cookie(BrowserId browser) {
        return "Cookie: __Host-vestibule-browser=" + browser.value();
    }

    @Test
    void aBrowserIdEndsWithItsGrant() throws IOException {
        try (TestGate gate = new TestGate()) {
            BrowserId browser = gate.browsers.create();
            gate.browsers.bind(browser, gate.grant.grant());
            gate.facts.sessionLifecycle.endGrant(gate.grant.grant().id(), TestFacts.cause());

            refuses(gate, TestGate.anonymous("GET", CAMERA, cookie(browser)), 401);
        }
    }

    @Test
    void aLearnedTokenOpensItsOwnPictureOnly() throws IOException {
        Setting setting = new Setting();
        setting.capabilities =
                (home, kind, id, token) ->
                        kind == Kind.ENTITY_PICTURE
                                && id.equals("camera.door")
                                && token.equals("learned");
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", CAMERA + "x?token=learned"), 401);
            refuses(gate, TestGate.anonymous("GET", CAMERA + "?token=learned&token=learned"), 400);
            passes(gate, TestGate.anonymous("GET", CAMERA + "?token=learned"));
        }
    }

    @Test
    void aLearnedTokenOpensNothingWhereTheOperatorTurnedItOff() throws IOException {
        Setting setting = new Setting();
        setting.capabilities = (home, kind, id, token) -> true;
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.CACHED,
                        RoutesConfig.PublicFiles.SESSION,
                        RoutesConfig.Capability.OFF);
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", CAMERA + "?token=learned"), 401);
        }
    }

    @ParameterizedTest
    @EnumSource(Judgement.class)
    void aWebhookIsOpenForbiddenOrGoneAndNeverMissing(Judgement judgement) throws IOException {
        Setting setting = new Setting();
        setting.webhooks = (home, id) -> id.equals("abc") ? judgement : Judgement.REFUSED;
        String request = TestGate.anonymous("POST", "/api/webhook/abc", "Content-Length: 2") + "{}";
        try (TestGate gate = new TestGate(setting)) {
            switch (judgement) {
                case OPEN -> passes(gate, request);
                case GONE -> refuses(gate, request, 410);
                case REFUSED -> refuses(gate, request, 403);
                case UNJUDGEABLE -> refuses(gate, request, 503);
            }
        }
    }

    @Test
    void publicFilesAskForASession() throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("GET", "/local/a.js", "Accept: text/html"), 401);
            passes(gate, TestGate.anonymous("GET", "/local/a.js", session(gate)));
        }
    }

    @Test
    void publicFilesMayBeOpened() throws IOException {
        Setting setting = new Setting();
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.CACHED,
                        RoutesConfig.PublicFiles.OPEN,
                        RoutesConfig.Capability.KNOWN);
        try (TestGate gate = new TestGate(setting)) {
            passes(gate, TestGate.anonymous("GET", "/local/a.js"));
        }
    }

    @Test
    void ingressAsksForBothCookies() throws IOException {
        String path = "/api/hassio_ingress/token/page";
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("GET", path, session(gate)), 401);
            refuses(gate, TestGate.anonymous("GET", path, "Cookie: ingress_session=stolen"), 401);
            refuses(
                    gate,
                    TestGate.anonymous(
                            "POST",
                            path,
                            session(gate) + "; ingress_session=a",
                            "Origin: https://evil.example"),
                    403);
            passes(gate, TestGate.anonymous("GET", path, session(gate) + "; ingress_session=a"));
            assertThat(gate.home.received()).contains("cookie: ingress_session=a\r\n");
        }
    }

    /// Attack: somebody who is no administrator any more goes on in an add-on's page.
    @Test
    void whoeverMayLessWaitsWithTheirSessionTooUntilHomeAssistantKnows() throws IOException {
        try (TestGate gate = new TestGate()) {
            gate.facts.accounts.hold(gate.ada.id(), TestFacts.HOME);
            for (String path :
                    List.of(
                            "/api/hassio_ingress/token/page",
                            "/local/card.js",
                            "/auth/external/callback")) {
                refuses(
                        gate,
                        TestGate.anonymous("GET", path, session(gate) + "; ingress_session=a"),
                        503);
            }
        }
    }

    /// A12: whatever else than its one spelling the Supervisor would take for its cookie.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ingress_session=\"of-ada\"",
                "ingress_session=of-ada x",
                "ingress_session=own; ingress_session =of-ada",
                "ingress_session=own; a=b ingress_session=of-ada",
                "ingress_session=own; a=b\tingress_session = of-ada",
                "a=\"; ingress_session=own; \" ingress_session=of-ada"
            })
    void anAddOnsSessionIsNotSpelledAround(String cookies) throws IOException {
        String path = "/api/hassio_ingress/token/page";
        try (TestGate gate = new TestGate()) {
            Account ben = gate.facts.admit("ben");
            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
            int before = gate.home.received().length();

            ask(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            path,
                            "Cookie: __Host-vestibule="
                                    + gate.facts.begin(ben).cookie().reveal()
                                    + "; "
                                    + cookies));

            assertThat(gate.home.received().substring(before)).doesNotContain("of-ada");
        }
    }

    /// A12: the Supervisor looks whether it made the session, not for whom.
    @Test
    void anAddOnsSessionIsOfWhoeverUsedItFirst() throws IOException {
        String path = "/api/hassio_ingress/token/page";
        try (TestGate gate = new TestGate()) {
            Account ben = gate.facts.admit("ben");
            String guest =
                    "Cookie: __Host-vestibule="
                            + gate.facts.begin(ben).cookie().reveal()
                            + "; ingress_session=of-ada";
            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
            int before = gate.home.received().length();

            assertThat(ask(gate, TestGate.anonymous("GET", path, guest)).status()).isEqualTo(403);
            assertThat(gate.home.received()).hasSize(before);

            passes(
                    gate,
                    TestGate.anonymous("GET", path, session(gate) + "; ingress_session=of-ada"));
        }
    }

    @Test
    void aSignatureUnderAnEscapedNameIsOneToo() throws IOException {
        try (TestGate gate = new TestGate()) {
            Instant soon = gate.facts.clock.instant().plusSeconds(30);
            String signed = signed("id-nobody", CAMERA, soon);

            refuses(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            CAMERA + "?" + signed.replace("authSig", "auth%53ig"),
                            session(gate)),
                    401);
            refuses(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            CAMERA + "?" + signed + "&" + signed.replace("authSig", "%61uthSig"),
                            session(gate)),
                    400);
        }
    }

    /// It was deleted in Home Assistant's own pages, which tells nobody.
    @Test
    void aTokenThatHomeAssistantRefusesDoesNotReachItForEver() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            String request =
                    TestGate.anonymous("GET", "/api/config", "Authorization: Bearer access-ada");
            gate.facts.clock.advance(Duration.ofSeconds(31));
            assertThat(client.send(request).read().status()).isEqualTo(401);
            int before = gate.home.received().length();

            assertThat(client.send(request).read().status()).isEqualTo(401);

            assertThat(gate.home.received()).hasSize(before);
        }
    }

    /// Home Assistant also says so to people who may not do something.
    @Test
    void aTokenThatWasJustVouchedForIsBelievedOn() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            String request =
                    TestGate.anonymous("GET", "/api/config", "Authorization: Bearer access-ada");
            assertThat(client.send(request).read().status()).isEqualTo(401);
            int before = gate.home.received().length();

            assertThat(client.send(request).read().status()).isEqualTo(401);

            assertThat(gate.home.received().length()).isGreaterThan(before);
        }
    }

    /// Only Home Assistant can tell a forged signature that names a live grant.
    @Test
    void whoForgesSignaturesIsNotPassedOnForEver() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            Instant soon = gate.facts.clock.instant().plusSeconds(30);
            String forged =
                    TestGate.anonymous(
                            "GET", "/api/backup?" + signed("id-ada", "/api/backup", soon));
            for (int i = 0; i < 60; i++) {
                assertThat(client.send(forged).read().status()).isEqualTo(401);
            }
            int before = gate.home.received().length();

            assertThat(client.send(forged).read().status()).isEqualTo(503);
            assertThat(gate.home.received()).hasSize(before);

            gate.facts.clock.advance(Duration.ofMinutes(2));
            Instant later = gate.facts.clock.instant().plusSeconds(30);
            assertThat(
                            client.send(
                                            TestGate.anonymous(
                                                    "GET",
                                                    "/api/backup?"
                                                            + signed(
                                                                    "id-ada",
                                                                    "/api/backup",
                                                                    later)))
                                    .read()
                                    .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void whoMayComeInFromHomeOnlyIsRefusedElsewhereAndKeepsTheirToken() throws IOException {
        Setting setting = new Setting();
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            passes(gate, gate.request("GET", "/api/states"));
            only.set(gate.ada.id());
            int before = gate.home.received().length();

            assertThat(ask(gate, gate.request("GET", "/api/states")).status()).isEqualTo(403);
            assertThat(ask(gate, TestGate.anonymous("GET", CAMERA, session(gate))).status())
                    .isEqualTo(403);
            assertThat(gate.home.received()).hasSize(before);
        }
        setting.places =
                TestGate.onlyAtHome(only::get, List.of(Cidr.parse("127.0.0.0/8").orElseThrow()));
        try (TestGate gate = new TestGate(setting)) {
            only.set(gate.ada.id());

            passes(gate, gate.request("GET", "/api/states"));
        }
    }

    @Test
    void voiceTakesABearerAndNothingElse() throws IOException {
        try (TestGate gate = new TestGate()) {
            refuses(gate, TestGate.anonymous("POST", "/api/google_assistant", session(gate)), 401);
            passes(gate, gate.request("POST", "/api/google_assistant", "Content-Length: 0"));
        }
    }

    @Test
    void anIntegrationsCallbackSendsABrowserToTheSignIn() throws IOException {
        String path = "/auth/external/callback?state=a%26b";
        try (TestGate gate = new TestGate()) {
            RawClient.Answer answer =
                    ask(
                            gate,
                            TestGate.anonymous(
                                    "GET", path, "Accept: text/html", "Sec-Fetch-Mode: navigate"));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("location"))
                    .contains(
                            "https://home.example/auth/vestibule/sign-in"
                                    + "?next=%2Fauth%2Fexternal%2Fcallback%3Fstate%3Da%2526b");
            refuses(gate, TestGate.anonymous("GET", path), 401);
            passes(gate, TestGate.anonymous("GET", path, session(gate)));
        }
    }

    @Test
    void theShellIsAnsweredFromTheCopyWithABrowserId() throws IOException {
        try (TestGate gate = new TestGate()) {
            RawClient.Answer anybody = ask(gate, TestGate.anonymous("GET", "/lovelace/0"));
            RawClient.Answer known = ask(gate, TestGate.anonymous("GET", "/", session(gate)));

            assertThat(anybody.body()).isEqualTo("the copy");
            assertThat(anybody.header("set-cookie"))
                    .hasValueSatisfying(
                            cookie ->
                                    assertThat(cookie)
                                            .startsWith("__Host-vestibule-browser=")
                                            .contains("Secure", "HttpOnly", "Path=/"));
            assertThat(anybody.header("cache-control")).contains("private, no-cache");
            assertThat(known.body()).isEqualTo("the copy, and more");
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void theShellMayAskForASession() throws IOException {
        Setting setting = new Setting();
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.SESSION,
                        RoutesConfig.PublicFiles.SESSION,
                        RoutesConfig.Capability.KNOWN);
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", "/static/a.js"), 401);
            assertThat(ask(gate, TestGate.anonymous("GET", "/", session(gate))).body())
                    .isEqualTo("the copy, and more");
        }
    }

    @Test
    void aShellThatAsksForASessionAsksFromWhereToo() throws IOException {
        Setting setting = new Setting();
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.SESSION,
                        RoutesConfig.PublicFiles.SESSION,
                        RoutesConfig.Capability.KNOWN);
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            only.set(gate.ada.id());

            refuses(gate, TestGate.anonymous("GET", "/", session(gate)), 403);
        }
    }

    @Test
    void whoMayNotComeInFromThereGetsTheCopyOfEverybody() throws IOException {
        Setting setting = new Setting();
        AtomicReference<AccountId> only = new AtomicReference<>(new AccountId("nobody"));
        setting.places = TestGate.onlyAtHome(only::get, List.of());
        try (TestGate gate = new TestGate(setting)) {
            only.set(gate.ada.id());

            assertThat(ask(gate, TestGate.anonymous("GET", "/", session(gate))).body())
                    .isEqualTo("the copy");
        }
    }

    @Test
    void anOpenShellOpensNoOtherPath() throws IOException {
        Setting setting = new Setting();
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.OPEN,
                        RoutesConfig.PublicFiles.SESSION,
                        RoutesConfig.Capability.KNOWN);
        try (TestGate gate = new TestGate(setting)) {
            assertThat(ask(gate, TestGate.anonymous("GET", "/some_callback")).body())
                    .isEqualTo("the copy");
            assertThat(gate.home.received()).isEmpty();
            passes(gate, TestGate.anonymous("GET", "/static/a.js"));
        }
    }

    @Test
    void aPreflightIsAnsweredHere() throws IOException {
        try (TestGate gate = new TestGate()) {
            RawClient.Answer allowed = ask(gate, preflight("/auth/token", "POST"));
            RawClient.Answer webhook = ask(gate, preflight("/api/webhook/abc", "PUT"));
            RawClient.Answer denied = ask(gate, preflight("/api/states", "POST"));

            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("access-control-allow-origin"))
                    .contains("https://cast.home-assistant.io");
            assertThat(allowed.header("access-control-allow-methods")).contains("POST");
            assertThat(webhook.status()).isEqualTo(200);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.header("access-control-allow-origin")).isEmpty();
            assertThat(gate.home.received()).isEmpty();
        }
    }

    private static String preflight(String path, String method) {
        return TestGate.anonymous(
                "OPTIONS",
                path,
                "Origin: https://cast.home-assistant.io",
                "Access-Control-Request-Method: " + method);
    }

    @Test
    void ourAnswersSayHowToTreatThem() throws IOException {
        try (TestGate gate = new TestGate()) {
            RawClient.Answer answer =
                    ask(
                            gate,
                            TestGate.anonymous(
                                    "POST",
                                    "/auth/token",
                                    "Content-Length: 0",
                                    "Origin: https://cast.home-assistant.io"));

            assertThat(answer.header("x-content-type-options")).contains("nosniff");
            assertThat(answer.header("referrer-policy")).contains("no-referrer");
            assertThat(answer.header("cache-control")).contains("no-store");
            assertThat(answer.header("access-control-allow-origin"))
                    .contains("https://cast.home-assistant.io");
        }
    }

    @Test
    void aPhonesWebhookIsLearnedBeforeThePhoneKnowsIt() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answersBy(
                    connection -> {
                        connection.readBody(connection.readHead());
                        String body = "{\"webhook_id\":\"f00d\",\"secret\":null}";
                        connection.write(
                                "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body);
                    });
            client.send(
                    gate.request(
                                    "POST",
                                    "/api/mobile_app/registrations",
                                    "Accept-Encoding: gzip, deflate",
                                    "Content-Length: 2")
                            + "{}");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).contains("f00d");
            assertThat(gate.learnedWebhooks).containsExactly("f00d");
            assertThat(gate.home.received()).contains("accept-encoding: identity\r\n");
        }
    }

    @Test
    void aRegistrationThatMayNotBeLeavesNothing() throws IOException {
        Setting setting = new Setting();
        setting.mayRegister = false;
        try (TestGate gate = new TestGate(setting)) {
            refuses(
                    gate,
                    gate.request("POST", "/api/mobile_app/registrations", "Content-Length: 0"),
                    403);
            assertThat(gate.learnedWebhooks).isEmpty();
        }
    }

    static Stream<RuntimeException> whatGoesWrong() {
        return Stream.of(new HomeAssistantUnavailable("away"), new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("whatGoesWrong")
    void aRegistrationThatCannotBeLearnedIsNotAnswered(RuntimeException wrong) throws IOException {
        Setting setting = new Setting();
        setting.learner =
                (grant, id) -> {
                    throw wrong;
                };
        try (TestGate gate = new TestGate(setting);
                RawClient client = gate.connect()) {
            gate.home.answers(
                    "HTTP/1.1 201 Created\r\nContent-Length: 21\r\n\r\n{\"webhook_id\":\"f00d\"}");
            client.send(gate.request("POST", "/api/mobile_app/registrations", "Content-Length: 0"));

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).doesNotContain("f00d");
        }
    }
}
