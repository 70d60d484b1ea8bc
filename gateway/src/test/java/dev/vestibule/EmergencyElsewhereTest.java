package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// Attack: what an emergency opened at home is copied and used from the internet, where its code
/// would have opened nothing. A code that was made for anywhere opens everything there.
class EmergencyElsewhereTest {

    private static final InetAddress AT_HOME = InetAddress.ofLiteral("127.0.0.7");
    private static final InetAddress AWAY = InetAddress.ofLiteral("127.0.0.8");
    private static final String PEOPLE = "/auth/vestibule/console/people";

    private final TestHouse house =
            new TestHouse(
                    Plan.USUAL.changed(
                            SignInChange.of(
                                    LocalLogins.localLogin(LocalLogin.OFF),
                                    new NetworkConfig(
                                            List.of(), List.of(LocalLogins.cidr("127.0.0.7"))))));
    private final VisitorBrowser atHome = new VisitorBrowser(AT_HOME);
    private final VisitorBrowser away = new VisitorBrowser(AWAY);
    private final VisitorBrowser thief = new VisitorBrowser(AWAY);

    @BeforeEach
    void formsAreOfOurPages() {
        atHome.carry("Sec-Fetch-Site", "same-origin");
        away.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        atHome.close();
        away.close();
        thief.close();
        house.close();
    }

    private void comeIn(VisitorBrowser browser, boolean isAnywhere) {
        ControlOutcome made = house.gateway().commands().emergency().breakGlass("", isAnywhere);
        if (!(made instanceof ControlOutcome.NewToken(var code, _))) {
            throw new AssertionError("no code: " + made);
        }
        Answer in =
                browser.postForm(
                        house.at("/auth/vestibule/break-glass"), Map.of("code", code.reveal()));
        assertThat(in.location()).as(in.body()).isEqualTo(house.at("/").toString());
    }

    private String code(VisitorBrowser browser) {
        return GatewayHouse.codeIn(browser.walk(house.authorizeAddress(), house.landing()));
    }

    private SignedIn tokens(VisitorBrowser browser) {
        return house.redeem(browser, code(browser));
    }

    private Answer refresh(VisitorBrowser browser, SignedIn tokens) {
        return house.refresh(browser, tokens.refreshToken(), house.clientId());
    }

    private boolean isLetOntoTheSocket(VisitorBrowser browser, SignedIn tokens) {
        try (VisitorSocket socket = house.openSocket(browser)) {
            return socket.authenticate(tokens.accessToken()).equals("auth_ok");
        }
    }

    @Test
    void aCopiedCookieOpensNeitherTheConsoleNorTheHouse() {
        comeIn(atHome, false);
        assertThat(atHome.get(house.at(PEOPLE)).status()).isEqualTo(200);
        thief.carry("Cookie", atHome.cookies(house.at("/")));
        house.homeAssistant().record().clear();

        assertThat(thief.get(house.at(PEOPLE)).location()).contains("/auth/vestibule/sign-in");
        assertThat(thief.get(house.authorizeAddress()).location())
                .startsWith(house.provider().issuer().toString());
        assertThat(thief.get(house.at("/local/plan.png")).status()).isEqualTo(403);

        assertThat(house.homeAssistant().record().requests()).isEmpty();
        assertThat(atHome.get(house.at(PEOPLE)).status()).as("at home").isEqualTo(200);
    }

    @Test
    void copiedTokensOpenNothingAndGoOnAtHome() {
        comeIn(atHome, false);
        SignedIn tokens = tokens(atHome);
        house.homeAssistant().record().clear();

        assertThat(house.get(thief, "/api/config", tokens.accessToken()).status()).isEqualTo(403);
        assertThat(refresh(thief, tokens).status()).isEqualTo(403);
        assertThat(isLetOntoTheSocket(thief, tokens)).isFalse();
        assertThat(house.homeAssistant().record().contains("/api/config")).isFalse();

        assertThat(house.get(atHome, "/api/config", tokens.accessToken()).status()).isEqualTo(200);
        assertThat(refresh(atHome, tokens).status()).isEqualTo(200);
        assertThat(isLetOntoTheSocket(atHome, tokens)).isTrue();
    }

    @Test
    void aCopiedAuthorizationCodeIsWorthNothing() {
        comeIn(atHome, false);

        Answer answer =
                thief.postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", house.clientId(),
                                "code", code(atHome)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    }

    @Test
    void aCodeForAnywhereOpensEverythingAnywhere() {
        comeIn(away, true);
        SignedIn tokens = tokens(away);

        assertThat(away.get(house.at(PEOPLE)).status()).isEqualTo(200);
        assertThat(house.get(away, "/api/config", tokens.accessToken()).status()).isEqualTo(200);
        assertThat(refresh(away, tokens).status()).isEqualTo(200);
        assertThat(isLetOntoTheSocket(away, tokens)).isTrue();
    }

    @Test
    @DisplayName("a code for anywhere does not free what another one opened at home")
    void beforeAndAfterACodeForAnywhereWhatWasOpenedAtHomeStaysThere() {
        comeIn(atHome, false);
        SignedIn tokens = tokens(atHome);
        thief.carry("Cookie", atHome.cookies(house.at("/")));

        comeIn(away, true);

        assertThat(house.get(thief, "/api/config", tokens.accessToken()).status()).isEqualTo(403);
        assertThat(thief.get(house.at(PEOPLE)).status()).isNotEqualTo(200);
        assertThat(house.get(atHome, "/api/config", tokens.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void aGatewayThatStartsAgainKnowsIt() {
        comeIn(atHome, false);
        SignedIn tokens = tokens(atHome);

        house.restartGateway();

        assertThat(house.get(thief, "/api/config", tokens.accessToken()).status()).isEqualTo(403);
        assertThat(house.get(atHome, "/api/config", tokens.accessToken()).status()).isEqualTo(200);
    }
}
