package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.testhouse.home.CastTokens;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/// The house that was there before the gateway: what was signed in goes on working once the gateway
/// stands in front, and can be ended.
class BeforeTheGatewayTest {

    private static final String PHONE = "https://home-assistant.io/android";
    private static final String CAST = "https://cast.home-assistant.io";
    private static final String GET_CONFIG = "{\"type\":\"get_config\"}";

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser device = new VisitorBrowser();
    private final HomeUser carol =
            house.homeAssistant().addUser("Carol", "carol", "a password", "system-users");

    @AfterEach
    void close() {
        device.close();
        house.close();
    }

    private OperatorCommands operator() {
        return new OperatorCommands(house.gateway());
    }

    private boolean hasAccount(String username) {
        return house.gateway().accounts().list().stream()
                .anyMatch(account -> account.username().equals(username));
    }

    private int api(String accessToken) {
        return house.get(device, "/api/config", accessToken).status();
    }

    private static String accessToken(Answer refreshed) {
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        return TestHouse.json(refreshed).path("access_token").asText();
    }

    private String greeting(String accessToken) {
        try (VisitorSocket socket = house.openSocket(device)) {
            return socket.authenticate(accessToken);
        }
    }

    private int webhook(String id) {
        return send(HttpRequest.newBuilder(house.at("/api/webhook/" + id))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(GET_CONFIG)))
                .statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return device.http().send(request.build(), BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// What is learned in the background takes a moment.
    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    @Test
    void aPhoneRefreshesWithItsOwnTokenAgainAndAgain() {
        Tokens phone = house.homeAssistant().signInDirectly("carol", "a password", PHONE);

        String first = accessToken(house.refresh(device, phone.refreshToken(), PHONE));
        Answer second = house.refresh(device, phone.refreshToken(), PHONE);
        house.restartGateway();
        String third = accessToken(house.refresh(device, phone.refreshToken(), PHONE));

        assertThat(api(first)).isEqualTo(200);
        assertThat(TestHouse.json(second).has("refresh_token")).isFalse();
        assertThat(TestHouse.json(second).path("expires_in").asInt()).isEqualTo(1800);
        assertThat(api(third)).isEqualTo(200);
        assertThat(greeting(third)).isEqualTo("auth_ok");
        assertThat(house.gateway().facts().grants().list()).hasSize(1);
    }

    @Test
    void aPhoneThatComesWithItsOldAccessTokenFirstRefreshesAfterwards() {
        Tokens phone = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        assertThat(api(phone.accessToken())).isEqualTo(200);
        assertThat(greeting(phone.accessToken())).isEqualTo("auth_ok");

        accessToken(house.refresh(device, phone.refreshToken(), PHONE));
        String again = accessToken(house.refresh(device, phone.refreshToken(), PHONE));

        assertThat(api(again)).isEqualTo(200);
        assertThat(house.gateway().facts().grants().list()).hasSize(1);
        assertThat(house.refresh(device, phone.refreshToken(), house.clientId()).body())
                .contains("invalid_request");
    }

    @Test
    void aPhonesWebhookWorksWithoutABearerAndAnUnknownOneDoesNot() {
        String webhook = house.homeAssistant().registerPhone(carol.id());
        house.restartGateway();

        await(() -> webhook(webhook) == 200);

        assertThat(webhook("0".repeat(64))).isEqualTo(403);
    }

    @Test
    void everythingOfAPhoneIsDeadOnceItsPersonIsSuspended() {
        Tokens phone = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        String webhook = house.homeAssistant().registerPhone(carol.id());
        house.restartGateway();
        await(() -> hasAccount("carol") && webhook(webhook) == 200);
        String fresh = accessToken(house.refresh(device, phone.refreshToken(), PHONE));
        try (VisitorSocket socket = house.openSocket(device)) {
            assertThat(socket.authenticate(fresh)).isEqualTo("auth_ok");

            assertThat(operator().suspend("carol")).isInstanceOf(ControlOutcome.Done.class);

            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
        assertThat(api(fresh)).isEqualTo(401);
        assertThat(api(phone.accessToken())).isEqualTo(401);
        assertThat(greeting(fresh)).isEqualTo("auth_invalid");
        assertThat(house.refresh(device, phone.refreshToken(), PHONE).body())
                .contains("invalid_grant");
        assertThat(webhook(webhook)).isEqualTo(403);
        await(() -> house.homeAssistant().refreshTokenIds(carol.id()).isEmpty());
        house.restartGateway();
        assertThat(api(phone.accessToken())).isEqualTo(401);
        assertThat(webhook(webhook)).isEqualTo(403);
    }

    @Test
    void aPhoneThatSignsOutIsOutAlthoughTheGatewayNeverSawItsToken() {
        Tokens phone = house.homeAssistant().signInDirectly("carol", "a password", PHONE);

        Answer revoked =
                device.postForm(house.at("/auth/revoke"), Map.of("token", phone.refreshToken()));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(house.refresh(device, phone.refreshToken(), PHONE).body())
                .contains("invalid_grant");
        await(() -> house.homeAssistant().refreshTokenIds(carol.id()).isEmpty());
    }

    @Test
    void aCastDeviceWaitsAndGoesOnOnceAnAdministratorSaysSo() {
        CastTokens cast = house.homeAssistant().castToken();

        HttpResponse<String> waiting = castRefresh(cast);
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.headers().firstValue("access-control-allow-origin")).contains(CAST);
        assertThat(waiting.body()).doesNotContain("invalid_grant");
        assertThat(api(cast.accessToken())).isEqualTo(503);
        String grant = operator().grants().getFirst().id();
        assertThat(operator().approve(grant)).isInstanceOf(ControlOutcome.Done.class);

        HttpResponse<String> refreshed = castRefresh(cast);
        assertThat(refreshed.statusCode()).isEqualTo(200);
        assertThat(refreshed.headers().firstValue("access-control-allow-origin")).contains(CAST);
        String token =
                TestHouse.json(new Answer(200, "", refreshed.body())).path("access_token").asText();
        assertThat(greeting(token)).isEqualTo("auth_ok");
        assertThat(castRefresh(cast).statusCode()).isEqualTo(200);
        assertThat(operator().grants()).hasSize(1);
    }

    @Test
    void aCastDeviceThatIsTurnedDownIsOut() {
        CastTokens cast = house.homeAssistant().castToken();
        castRefresh(cast);

        operator().revoke(operator().grants().getFirst().id());

        assertThat(castRefresh(cast).body()).contains("invalid_grant");
        assertThat(api(cast.accessToken())).isEqualTo(401);
    }

    /// Cast sends no `client_id`, from a page of its own.
    private HttpResponse<String> castRefresh(CastTokens cast) {
        return send(
                HttpRequest.newBuilder(house.at("/auth/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", CAST)
                        .POST(
                                BodyPublishers.ofString(
                                        "grant_type=refresh_token&refresh_token="
                                                + cast.refreshToken())));
    }

    @Test
    void aPageOfCastMayAskForATokenFromItsOwnOrigin() {
        HttpResponse<String> preflight =
                send(
                        HttpRequest.newBuilder(house.at("/auth/token"))
                                .header("Origin", CAST)
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("access-control-allow-origin")).contains(CAST);
    }

    @Test
    void aScriptGoesOnWithItsLongLivedTokenAndCanBeEnded() {
        String script = house.homeAssistant().longLivedToken(carol.id(), "a script");

        assertThat(api(script)).isEqualTo(200);
        try (VisitorSocket socket = house.openSocket(device)) {
            assertThat(socket.authenticate(script)).isEqualTo("auth_ok");
            JsonNode user = socket.call(command("auth/current_user"));
            assertThat(user.path("name").asText()).isEqualTo("Carol");

            operator().revoke(operator().grants().getFirst().id());

            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
        assertThat(api(script)).isEqualTo(401);
        house.restartGateway();
        assertThat(api(script)).isEqualTo(401);
    }

    @Test
    void anOldBrowserGoesOnAndComesBackThroughTheProviderWhenItSignsOut() {
        Tokens browser =
                house.homeAssistant().signInDirectly("carol", "a password", house.clientId());

        String fresh = accessToken(house.refresh(device, browser.refreshToken(), house.clientId()));
        assertThat(greeting(fresh)).isEqualTo("auth_ok");
        Answer revoked =
                device.postMultipart(
                        house.at("/auth/revoke"), Map.of("token", browser.refreshToken()));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(api(fresh)).isEqualTo(401);
        SignedIn ben = house.signIn(device, "ben");
        assertThat(api(ben.accessToken())).isEqualTo(200);
    }

    @Test
    void anAdministratorLinksAPersonToWhatWasThereBefore() {
        Tokens phone = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        String fresh = accessToken(house.refresh(device, phone.refreshToken(), PHONE));
        SignedIn ben = house.signIn(device, "ben");
        String made = userName(ben.accessToken());
        assertThat(made).isEqualTo("Ben");
        try (VisitorSocket socket = house.openSocket(device)) {
            assertThat(socket.authenticate(fresh)).isEqualTo("auth_ok");

            assertThat(operator().link("ben", "", "Carol"))
                    .isInstanceOfSatisfying(
                            ControlOutcome.Done.class,
                            done ->
                                    assertThat(done.sentence())
                                            .contains("ben is now Carol", "1 apps", "was made"));

            assertThat(socket.call(command("auth/current_user")).path("name").asText())
                    .isEqualTo("Carol");
        }
        assertThat(api(ben.accessToken())).isEqualTo(401);
        assertThat(api(fresh)).isEqualTo(200);
        assertThat(userName(house.signIn(device, "ben").accessToken())).isEqualTo("Carol");
        assertThat(hasAccount("carol")).isFalse();
        operator().suspend("ben");
        assertThat(api(fresh)).isEqualTo(401);
        assertThat(house.account("ben").isActive()).isFalse();
    }

    /// Attack: whoever names users in Home Assistant writes a line into the operator's terminal.
    @Test
    void theNameOfAUserOfHomeAssistantMakesNoLine() {
        HomeUser eve =
                house.homeAssistant()
                        .addUser("Eve\nada is out.", "eve", "a password", "system-users");
        house.signIn(device, "ben");

        assertThat(operator().link("ben", "", eve.id()))
                .isInstanceOfSatisfying(
                        ControlOutcome.Done.class,
                        done ->
                                assertThat(done.sentence())
                                        .startsWith("ben is now Eve\uFFFDada is out. in Home")
                                        .hasLineCount(1));
    }

    private String userName(String accessToken) {
        try (VisitorSocket socket = house.openSocket(device)) {
            assertThat(socket.authenticate(accessToken)).isEqualTo("auth_ok");
            return socket.call(command("auth/current_user")).path("name").asText();
        }
    }

    @Test
    void whereOldTokensAreDeniedNoneWorksAndHomeAssistantHearsOfNone() {
        try (TestHouse strict = new TestHouse(Plan.USUAL.with(ExistingTokens.DENY))) {
            HomeUser dora =
                    strict.homeAssistant().addUser("Dora", "dora", "a password", "system-users");
            Tokens phone = strict.homeAssistant().signInDirectly("dora", "a password", PHONE);
            String webhook = strict.homeAssistant().registerPhone(dora.id());
            String script = strict.homeAssistant().longLivedToken(dora.id(), "a script");
            CastTokens cast = strict.homeAssistant().castToken();
            strict.restartGateway();

            assertThat(strict.refresh(device, phone.refreshToken(), PHONE).body())
                    .contains("invalid_grant");
            for (String token : new String[] {phone.accessToken(), script, cast.accessToken()}) {
                assertThat(strict.get(device, "/api/config", token).status()).isEqualTo(401);
                try (VisitorSocket socket = strict.openSocket(device)) {
                    assertThat(socket.authenticate(token)).isEqualTo("auth_invalid");
                }
                assertThat(strict.homeAssistant().record().contains(token)).isFalse();
            }
            URI address = strict.at("/api/webhook/" + webhook);
            assertThat(
                            send(HttpRequest.newBuilder(address)
                                            .POST(BodyPublishers.ofString(GET_CONFIG)))
                                    .statusCode())
                    .isEqualTo(403);
            assertThat(strict.homeAssistant().record().contains(webhook)).isFalse();
            assertThat(strict.homeAssistant().record().contains(phone.refreshToken())).isFalse();
        }
    }
}
