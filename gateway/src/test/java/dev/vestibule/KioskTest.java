package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.URI;
import java.util.Map;

/// A wall tablet that is known by its network, through a whole gateway.
final class KioskTest {

    private static final InetAddress ITS_PLACE = InetAddress.ofLiteral("127.0.0.7");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.8");

    private static final String SIGN_OUT = "/auth/vestibule/sign-out";

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(Tablets.named("hallway", "127.0.0.7")));
    private final VisitorBrowser tablet = new VisitorBrowser(ITS_PLACE);
    private final VisitorBrowser thief = new VisitorBrowser(ELSEWHERE);

    @AfterEach
    void close() {
        tablet.close();
        thief.close();
        house.close();
    }

    private SignedIn comeIn() {
        return house.redeem(
                tablet,
                GatewayHouse.codeIn(tablet.walk(house.authorizeAddress(), house.landing())));
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private void expectTheProvidersPage(VisitorBrowser browser) {
        assertThat(browser.get(house.authorizeAddress()).location())
                .startsWith(house.provider().issuer().toString());
    }

    @Test
    void theTabletComesStraightToItsDashboard() {
        SignedIn hallway = comeIn();
        try (VisitorSocket socket = house.openSocket(tablet)) {
            assertThat(socket.authenticate(hallway.accessToken())).isEqualTo("auth_ok");

            JsonNode user = socket.call(command("auth/current_user"));

            assertThat(user.path("name").asText()).isEqualTo("hallway");
            assertThat(user.path("is_admin").asBoolean()).isFalse();
        }
        assertThat(house.provider().requests()).isEmpty();
        assertThat(house.gateway().accounts().list())
                .singleElement()
                .satisfies(made -> assertThat(made.origin()).isEqualTo(AccountOrigin.KIOSK));
    }

    @Test
    void aReloadMakesNoSecondSessionAndNoSecondUser() {
        comeIn();
        comeIn();

        assertThat(house.gateway().facts().audit().newest(100))
                .filteredOn(line -> line.kind().equals("SignedIn"))
                .hasSize(1);
        assertThat(house.homeAssistant().users())
                .filteredOn(user -> user.name().equals("hallway"))
                .hasSize(1);
    }

    @Test
    void fromEveryOtherAddressPeopleSignInAsAlways() {
        expectTheProvidersPage(thief);
    }

    @Test
    @DisplayName("F11: whoever writes an address into a header is nobody's tablet")
    void aForgedAddressIsNobodysTablet() {
        thief.carry("X-Forwarded-For", "127.0.0.7");
        expectTheProvidersPage(thief);
        tablet.carry("X-Forwarded-For", "127.0.0.7");
        expectTheProvidersPage(tablet);
    }

    @Test
    @DisplayName("F11: the tablet's cookie, copied, opens nothing elsewhere")
    void aCopiedCookieOpensNothing() {
        comeIn();
        thief.carry("Cookie", tablet.cookies(house.at("/")));
        house.homeAssistant().record().clear();

        expectTheProvidersPage(thief);
        assertThat(thief.get(house.at("/local/plan.png")).status()).isEqualTo(403);

        assertThat(house.homeAssistant().record().contains("plan.png")).isFalse();
        assertThat(house.isAudited("KioskElsewhere")).isTrue();
        assertThat(tablet.get(house.at("/local/plan.png")).status()).isNotIn(401, 403);
    }

    @Test
    @DisplayName("F11: the tablet's tokens, copied, open nothing elsewhere, and go on at its place")
    void copiedTokensOpenNothing() {
        SignedIn hallway = comeIn();
        house.homeAssistant().record().clear();

        assertThat(house.get(thief, "/api/config", hallway.accessToken()).status()).isEqualTo(403);
        try (VisitorSocket socket = house.openSocket(thief)) {
            socket.show(hallway.accessToken());
            assertThat(socket.awaitClose()).isEqualTo(1008);
            // No auth_invalid: the client keeps its token.
            assertThatThrownBy(socket::receive).hasMessageContaining("1008");
        }
        assertThat(refresh(thief, hallway).status()).isEqualTo(403);
        assertThat(house.homeAssistant().record().contains("/api/config")).isFalse();

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
        assertThat(refresh(tablet, hallway).status()).isEqualTo(200);
    }

    private Answer refresh(VisitorBrowser browser, SignedIn somebody) {
        return browser.postForm(
                house.at("/auth/token"),
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        house.clientId(),
                        "refresh_token",
                        somebody.refreshToken()));
    }

    @Test
    @DisplayName("F11: a code that was made for the tablet is worth nothing elsewhere")
    void aCopiedCodeIsWorthNothing() {
        String code = GatewayHouse.codeIn(tablet.walk(house.authorizeAddress(), house.landing()));

        Answer answer =
                thief.postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                house.clientId(),
                                "code",
                                code));

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    @DisplayName("F11: an address that the tablet had signed opens nothing elsewhere")
    void aSignedAddressOpensNothing() {
        SignedIn hallway = comeIn();
        try (VisitorSocket socket = house.openSocket(tablet)) {
            assertThat(socket.authenticate(hallway.accessToken())).isEqualTo("auth_ok");
            String path =
                    socket.call(command("auth/sign_path").put("path", "/api/config"))
                            .path("path")
                            .asText();

            assertThat(thief.get(house.at(path)).status()).isEqualTo(403);
            assertThat(tablet.get(house.at(path)).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("F11: the tablet's cookie, copied, ends nothing either")
    void aCopiedCookieEndsNothing() {
        SignedIn hallway = comeIn();
        thief.carry("Cookie", tablet.cookies(house.at("/")), "Sec-Fetch-Site", "same-origin");

        var _ = thief.postForm(house.at(SIGN_OUT), Map.of("where", "here"));
        var _ = thief.postForm(house.at(SIGN_OUT), Map.of("where", "everywhere"));
        var _ = thief.postForm(house.at("/auth/revoke"), Map.of("token", "x"));

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
        assertThat(tablet.get(house.at("/local/plan.png")).status()).isNotIn(401, 403);
    }

    private void signOut(VisitorBrowser browser) {
        browser.carry("Sec-Fetch-Site", "same-origin");
        assertThat(browser.postForm(house.at(SIGN_OUT), Map.of("where", "here")).status())
                .isEqualTo(200);
        browser.carry();
    }

    @Test
    void aTabletThatAPasserBySignsOutComesBackByItself() {
        SignedIn before = comeIn();

        signOut(tablet);

        assertThat(house.get(tablet, "/api/config", before.accessToken()).status()).isEqualTo(401);
        SignedIn after = comeIn();
        assertThat(house.get(tablet, "/api/config", after.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void afterAPersonItComesBackOnceThePageWasSeenThatTellsOfTheirProvider() {
        house.provider().signInAutomaticallyAs("ben");
        var _ = tablet.walk(house.at("/auth/vestibule/sign-in?prompt=select_account"), "nowhere");
        signOut(tablet);

        assertThat(tablet.get(house.authorizeAddress()).status()).isEqualTo(200);

        var _ = tablet.get(URI.create(house.authorizeAddress() + "&wanted=true"));
        assertThat(house.get(tablet, "/api/config", comeIn().accessToken()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth/long_lived_access_token",
                "auth/refresh_tokens",
                "auth/delete_all_refresh_tokens",
                "auth/setup_mfa",
                "auth/depose_mfa",
                "auth/whatever_comes_next",
                "webhook/handle",
                "config/auth/list",
                "config/auth_provider/homeassistant/change_password",
                "config/entity_registry/update",
                "webhook/list"
            })
    @DisplayName("F11: whoever stands in front of the tablet takes nothing away and changes nobody")
    void aTabletMintsNothing(String type) {
        SignedIn hallway = comeIn();
        try (VisitorSocket socket = house.openSocket(tablet)) {
            assertThat(socket.authenticate(hallway.accessToken())).isEqualTo("auth_ok");
            house.homeAssistant().record().clear();

            JsonNode answer = socket.ask(command(type).put("client_name", "x"));

            assertThat(answer.path("success").asBoolean(true)).isFalse();
            assertThat(answer.path("error").path("code").asText()).isEqualTo("unauthorized");
            assertThat(house.homeAssistant().record().socketMessages())
                    .noneMatch(message -> message.contains(type));
        }
    }

    @Test
    @DisplayName("F11: nothing registers on the tablet, and Home Assistant hears nothing of it")
    void noPhoneRegistersOnTheTablet() {
        SignedIn hallway = comeIn();
        house.homeAssistant().record().clear();

        Answer answer =
                tablet.postJson(
                        house.at("/api/mobile_app/registrations"),
                        "{\"app_id\":\"x\"}",
                        "Authorization",
                        "Bearer " + hallway.accessToken());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(house.homeAssistant().record().contains("registrations")).isFalse();
    }

    @Test
    @DisplayName("F11: a phone that was registered around the gateway opens no door for a tablet")
    void aTabletsPhoneOfBeforeReportsNothingAfterARestart() {
        comeIn();
        String webhook = house.homeAssistant().registerPhone(userId("hallway"));
        String carols =
                house.homeAssistant()
                        .registerPhone(
                                house.homeAssistant()
                                        .addUser("Carol", "carol", "a password", "system-users")
                                        .id());

        house.restartGateway();

        Eventually.await(() -> house.callWebhook(thief, carols) == 200);
        assertThat(house.callWebhook(thief, webhook)).isEqualTo(403);
        assertThat(house.callWebhook(tablet, webhook)).isEqualTo(403);
    }

    private String userId(String name) {
        return house.homeAssistant().users().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void aPersonWhoSignsInOnTheTabletStaysUntilTheyLeave() {
        comeIn();
        house.provider().signInAutomaticallyAs("ben");
        var _ = tablet.walk(house.at("/auth/vestibule/sign-in?prompt=select_account"), "nowhere");

        SignedIn ben = comeIn();

        try (VisitorSocket socket = house.openSocket(tablet)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
            assertThat(socket.call(command("auth/current_user")).path("name").asText())
                    .isEqualTo("Ben");
        }
    }

    @Test
    void aTabletThatIsInTheConfigurationNoMoreIsOut() {
        SignedIn hallway = comeIn();

        house.restartGateway(Tablets.named("kitchen", "127.0.0.7"));

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(403);
        try (VisitorSocket socket = house.openSocket(tablet)) {
            SignedIn kitchen = comeIn();
            assertThat(socket.authenticate(kitchen.accessToken())).isEqualTo("auth_ok");
            assertThat(socket.call(command("auth/current_user")).path("name").asText())
                    .isEqualTo("kitchen");
        }
    }

    @Test
    @DisplayName("F11: what was begun without a key ends when one is demanded")
    void aTabletThatMustHoldAKeyFromNowOnIsSignedOut() {
        SignedIn hallway = comeIn();

        house.restartGateway(Tablets.holdingAKey("hallway", "127.0.0.7"));

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(401);
        assertThat(tablet.get(house.authorizeAddress()).location()).contains("choice=");
    }

    @Test
    void aTabletWhoseRoleIsLoweredMayLessAtOnce() {
        SignedIn hallway = comeIn();

        house.restartGateway(Tablets.viewing("hallway", "127.0.0.7"));

        assertThat(house.isAudited("RoleChanged")).isTrue();
        Eventually.await(
                () ->
                        house.homeAssistant()
                                .userNamed("hallway")
                                .orElseThrow()
                                .groups()
                                .contains("system-read-only"));
        Eventually.await(
                () -> house.get(tablet, "/api/config", hallway.accessToken()).status() == 200);
    }

    @Test
    void afterTheGatewayHasStartedAgainTheTabletGoesOn() {
        SignedIn hallway = comeIn();

        house.restartGateway();

        assertThat(house.get(tablet, "/api/config", hallway.accessToken()).status()).isEqualTo(200);
        assertThat(house.get(thief, "/api/config", hallway.accessToken()).status()).isEqualTo(403);
    }

    @Test
    void anOperatorsSuspensionHoldsForATabletToo() {
        comeIn();
        var made = house.gateway().accounts().list().getFirst();
        house.gateway().commands().suspend(made.id().value());

        Answer answer = tablet.get(house.authorizeAddress());

        assertThat(answer.status()).isEqualTo(403);
    }
}
