package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.testhouse.proxy.AssertionLie;
import dev.vestibule.testhouse.proxy.KeyPage;
import dev.vestibule.testhouse.proxy.ScriptedProxy;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `require-upstream`: whoever walked around the proxy in front gets nothing, through a whole
/// gateway.
final class AroundTheProxyTest {

    private static final String MARK = "walked-around";
    private static final String BREAK_GLASS = "/auth/vestibule/break-glass";

    /// One path of every class, and what is nowhere.
    private static final List<String> PATHS =
            List.of(
                    "/",
                    "/lovelace",
                    "/manifest.json",
                    "/static/x.js",
                    "/auth/authorize",
                    "/auth/vestibule/sign-in",
                    "/auth/vestibule/assets/x.css",
                    "/.well-known/oauth-authorization-server",
                    "/scim/v2/Users",
                    "/api/states",
                    "/api/websocket",
                    "/api/camera_proxy/camera.door",
                    "/api/hls/x/master_playlist.m3u8",
                    "/api/webhook/x",
                    "/api/google_assistant",
                    "/api/hassio_ingress/x/",
                    "/auth/external/callback",
                    "/local/x",
                    "/auth/login_flow",
                    "/api/onboarding");

    private final ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        proxy.close();
    }

    private TestHouse demanding(String... peers) {
        return exempting(Set.of(), peers);
    }

    private TestHouse exempting(Set<String> exempt, String... peers) {
        return new TestHouse(Plan.USUAL.changed(InFront.demanding(proxy, exempt, peers)));
    }

    private String adasAssertion() {
        return proxy.assertionFor("ada")
                .with("custom", Map.of("groups", List.of("admins")))
                .signed();
    }

    private SignedIn comeIn(TestHouse house) {
        return house.redeem(
                browser,
                GatewayHouse.codeIn(browser.walk(house.authorizeAddress(), house.landing())));
    }

    private void expectNothingAnywhere(TestHouse house) {
        house.homeAssistant().record().clear();
        for (String path : PATHS) {
            String marked = path + "?" + MARK;
            assertThat(browser.get(house.at(marked)).status()).as(path).isEqualTo(403);
            assertThat(browser.postForm(house.at(marked), Map.of(MARK, MARK)).status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(house.homeAssistant().record().contains(MARK)).isFalse();
    }

    @Test
    @DisplayName("B12: without an assertion nothing is open, and Home Assistant hears nothing")
    void withoutAnAssertionNothingIsOpen() {
        try (TestHouse house = demanding()) {
            expectNothingAnywhere(house);
        }
    }

    @Test
    @DisplayName("B12: an assertion for another application, or an expired one, opens nothing")
    void aWrongAssertionOpensNothing() {
        try (TestHouse house = demanding()) {
            browser.carry(InFront.HEADER, proxy.assertionFor("ada").with("aud", "other").signed());
            expectNothingAnywhere(house);
            browser.carry(
                    InFront.HEADER,
                    proxy.assertionFor("ada").signedFalsely(AssertionLie.EMBEDDED_JWK));
            expectNothingAnywhere(house);
        }
    }

    @Test
    @DisplayName("B12: a live token, stolen, is worth nothing beside the proxy")
    void aStolenTokenIsWorthNothing() {
        try (TestHouse house = demanding()) {
            browser.carry(InFront.HEADER, adasAssertion());
            SignedIn ada = comeIn(house);
            assertThat(house.get(browser, "/api/config", ada.accessToken()).status())
                    .isEqualTo(200);
            browser.carry();
            house.homeAssistant().record().clear();

            assertThat(house.get(browser, "/api/config", ada.accessToken()).status())
                    .isEqualTo(403);
            assertThatThrownBy(() -> house.openSocket(browser)).isInstanceOf(VisitorFailed.class);
            assertThat(house.homeAssistant().record().contains("/api/config")).isFalse();
        }
    }

    @Test
    void withTheAssertionEverythingWorksAndItsKeysAreAskedForOnce() {
        try (TestHouse house = demanding()) {
            browser.carry(InFront.HEADER, adasAssertion());
            SignedIn ada = comeIn(house);

            try (VisitorSocket socket = house.openSocket(browser)) {
                assertThat(socket.authenticate(ada.accessToken())).isEqualTo("auth_ok");
            }
            assertThat(browser.get(house.at("/")).status()).isEqualTo(200);
            assertThat(proxy.keyRequests()).isEqualTo(1);
        }
    }

    @Test
    void aProgramThatTheProxyLetThroughComesThisFarAndIsNobody() {
        try (TestHouse house = demanding()) {
            browser.carry(
                    InFront.HEADER,
                    proxy.assertionFor("").with("common_name", "a-program").signed());

            assertThat(browser.get(house.at("/api/states")).status()).isEqualTo(401);
        }
    }

    @Test
    void whileTheKeysAreAwayNothingIsProvenDead() {
        proxy.answerKeysWith(KeyPage.BROKEN);
        try (TestHouse house = demanding()) {
            browser.carry(InFront.HEADER, adasAssertion());

            assertThat(browser.get(house.at("/api/states")).status()).isEqualTo(503);
        }
    }

    @Test
    void aNamedPeerNeedsNoAssertion() {
        try (TestHouse house = demanding("127.0.0.1")) {
            assertThat(browser.get(house.at("/api/states")).status()).isEqualTo(401);
        }
    }

    private TestHouse demandingAtHome(String... peers) {
        NetworkConfig network =
                new NetworkConfig(List.of(), List.of(LocalLogins.cidr("127.0.0.1")));
        return new TestHouse(
                Plan.USUAL.changed(
                        config ->
                                InFront.demanding(proxy, Set.of(), peers)
                                        .apply(
                                                SignInChange.of(Defaults.SIGN_IN, network)
                                                        .apply(config))));
    }

    private static ControlOutcome.NewToken newCode(TestHouse house) {
        return (ControlOutcome.NewToken)
                house.gateway().commands().emergency().breakGlass("", false);
    }

    private int type(TestHouse house, ControlOutcome.NewToken issued) {
        return browser.postForm(
                        house.at(BREAK_GLASS),
                        Map.of("code", issued.token().reveal()),
                        "Sec-Fetch-Site",
                        "same-origin")
                .status();
    }

    @Test
    @DisplayName("B12: a code of the console does not open the way around the proxy, and says so")
    void aCodeOfTheConsoleIsNoWayAroundTheProxy() {
        try (TestHouse house = demandingAtHome()) {
            ControlOutcome.NewToken issued = newCode(house);

            assertThat(issued.sentence()).contains("'require-upstream'", "break-glass --rescue");
            assertThat(browser.get(house.at(BREAK_GLASS)).status()).isEqualTo(403);
            assertThat(type(house, issued)).isEqualTo(403);
            assertThat(house.isAudited("BreakGlassUsed")).isFalse();
        }
    }

    @Test
    void aCodeOfTheConsoleIsTypedAtOneOfThePeersAndSaysAtWhich() {
        try (TestHouse house = demandingAtHome("127.0.0.1")) {
            ControlOutcome.NewToken issued = newCode(house);

            assertThat(issued.sentence())
                    .contains("straight from one of 'peers': 127.0.0.1/32.")
                    .doesNotContain("--rescue");
            assertThat(type(house, issued)).isEqualTo(302);
            assertThat(house.isAudited("BreakGlassUsed")).isTrue();
        }
    }

    @Test
    @DisplayName("B5: a forwarded address is no peer")
    void aForwardedAddressIsNoPeer() {
        try (TestHouse house = demanding("192.168.1.7")) {
            browser.carry("X-Forwarded-For", "192.168.1.7", "X-Real-IP", "192.168.1.7");

            expectNothingAnywhere(house);
        }
    }

    @Test
    void onlyWhatIsExemptNeedsNoAssertion() {
        try (TestHouse house = exempting(Set.of("webhook", "voice", "endpoint"))) {
            assertThat(browser.postForm(house.at("/api/webhook/x"), Map.of()).body())
                    .contains("not open from here");
            assertThat(browser.postForm(house.at("/api/google_assistant"), Map.of()).status())
                    .isEqualTo(401);
            assertThat(browser.postForm(house.at("/auth/token"), Map.of()).status()).isEqualTo(400);
            assertThat(browser.get(house.at("/api/states")).status()).isEqualTo(403);
            assertThat(browser.get(house.at("/")).status()).isEqualTo(403);
            assertThat(browser.get(house.at("/auth/authorize")).status()).isEqualTo(403);
        }
    }
}
