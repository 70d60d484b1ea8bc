package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.revocation.Cause;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.TokenLie;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A provider is asked whether it still knows people, through a whole gateway.
class SwitchedOffAtTheProviderTest {

    private static final String APP = "https://home-assistant.io/iOS";

    private final TestHouse house = new TestHouse(asking(Duration.ofMillis(200)));
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser phone = new VisitorBrowser();

    private static LivenessConfig asking(Duration every) {
        return new LivenessConfig(
                true, every, Duration.ofDays(7), DisablementProof.WHEN_SAID, true);
    }

    @AfterEach
    void close() {
        phone.close();
        browser.close();
        house.close();
    }

    private Account ben() {
        return house.gateway().accounts().list().stream()
                .filter(account -> account.username().equals("ben"))
                .findFirst()
                .orElseThrow();
    }

    private boolean isSuspended() {
        return ben().state() == AccountState.SUSPENDED;
    }

    /// A phone that was there before the gateway, and is Ben's.
    private SignedIn signInOnThePhone() {
        HomeUser atHome =
                house.homeAssistant().addUser("Ben", "ben-at-home", "a password", "system-users");
        String token =
                house.homeAssistant()
                        .signInDirectly("ben-at-home", "a password", APP)
                        .refreshToken();
        house.signIn(browser, "ben");
        house.link("ben", atHome.id());
        return new SignedIn(
                GatewayHouse.json(house.refresh(phone, token, APP)).path("access_token").asText(),
                token);
    }

    private int config(SignedIn person) {
        return house.get(browser, "/api/config", person.accessToken()).status();
    }

    private int refresh(SignedIn person, String clientId) {
        return house.refresh(browser, person.refreshToken(), clientId).status();
    }

    @Test
    void nothingOfTheirsWorksAnyMoreOnAnyDevice() {
        SignedIn onThePhone = signInOnThePhone();
        SignedIn ben = house.signIn(browser, "ben");
        String webhook = house.registerPhone(phone, onThePhone.accessToken());
        try (VisitorSocket dashboard = house.openSocket(browser);
                VisitorSocket app = house.openSocket(phone);
                VisitorBrowser ofAda = new VisitorBrowser()) {
            SignedIn ada = house.signIn(ofAda, "ada");
            dashboard.authenticate(ben.accessToken());
            app.authenticate(onThePhone.accessToken());
            assertThat(house.callWebhook(phone, webhook)).isEqualTo(200);

            house.provider().disableInWords("ben");

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
            assertThat(app.awaitClose()).isEqualTo(1008);
            assertThat(config(ben)).isEqualTo(401);
            assertThat(config(onThePhone)).isEqualTo(401);
            assertThat(refresh(ben, house.clientId())).isEqualTo(400);
            assertThat(refresh(onThePhone, APP)).isEqualTo(400);
            assertThat(house.callWebhook(phone, webhook)).isEqualTo(403);
            assertThat(isSuspended()).isTrue();
            assertThat(config(ada)).isEqualTo(200);
        }
    }

    @Test
    void whoeverSignsInThereAgainIsRestored() {
        SignedIn before = house.signIn(browser, "ben");
        house.provider().disableInWords("ben");
        Eventually.holds(this::isSuspended, this::ben);
        house.provider().enable("ben");

        SignedIn after = house.signIn(browser, "ben");

        assertThat(ben().isActive()).isTrue();
        assertThat(config(after)).isEqualTo(200);
        assertThat(config(before)).isEqualTo(401);
        assertThat(house.isAudited("AccountRestored")).isTrue();
    }

    @Test
    void whatTheOperatorDecidedIsNotTakenBackByASignIn() {
        house.signIn(browser, "ben");
        house.gateway()
                .facts()
                .lifecycle()
                .suspend(
                        ben().id(),
                        SuspendedBy.OPERATOR,
                        new Cause("console", EndReason.BY_OPERATOR, "console"));

        Answer refused = browser.walk(house.authorizeAddress(), house.landing());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(isSuspended()).isTrue();
    }

    @Test
    void whoSignsOutAtTheProviderKeepsEverythingHere() {
        SignedIn onThePhone = signInOnThePhone();
        SignedIn ben = house.signIn(browser, "ben");
        house.provider().signOut("ben");

        awaitAudit("ProofEnded");

        assertThat(isSuspended()).isFalse();
        assertThat(config(ben)).isEqualTo(200);
        assertThat(config(onThePhone)).isEqualTo(200);
    }

    private void awaitAudit(String kind) {
        Eventually.holds(
                () -> house.isAudited(kind), () -> house.gateway().facts().audit().newest(50));
    }

    @Test
    void aProviderInTroubleKillsNothing() {
        SignedIn ben = house.signIn(browser, "ben");
        int before = house.provider().count(Endpoint.TOKEN);
        try (VisitorSocket dashboard = house.openSocket(browser)) {
            dashboard.authenticate(ben.accessToken());
            house.provider().lie(TokenLie.SERVER_ERROR);
            Eventually.holds(
                    () -> house.provider().count(Endpoint.TOKEN) > before + 1,
                    () -> house.provider().count(Endpoint.TOKEN));

            house.provider().goAway();

            assertThat(config(ben)).isEqualTo(200);
            assertThat(refresh(ben, house.clientId())).isEqualTo(200);
            assertThat(whoIsThere(dashboard)).isEqualTo("Ben");
            assertThat(isSuspended()).isFalse();
        }
    }

    private static String whoIsThere(VisitorSocket socket) {
        return socket.call(JsonNodeFactory.instance.objectNode().put("type", "auth/current_user"))
                .path("name")
                .asText();
    }

    @Test
    void aGroupThatIsLostEndsAccessWithoutASignIn() {
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket dashboard = house.openSocket(browser)) {
            dashboard.authenticate(ben.accessToken());

            house.provider().setGroups("ben", List.of("others"));

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
        }
        assertThat(config(ben)).isEqualTo(401);
    }

    @Test
    void theTokenForAskingIsFetchedSilentlyAfterTheSignIn() {
        house.signIn(browser, "ben");

        assertThat(house.provider().requests(Endpoint.PAR))
                .extracting(request -> request.parameter("prompt").orElse("as needed"))
                .containsExactly("as needed", "none");
        assertThat(new OperatorCommands(house.gateway()).accounts())
                .singleElement()
                .satisfies(line -> assertThat(line.vouchedFor()).isNotEmpty());
        Eventually.holds(
                () ->
                        house.provider().requests(Endpoint.TOKEN).stream()
                                .anyMatch(r -> r.parameter("refresh_token").isPresent()),
                () -> house.provider().requests(Endpoint.TOKEN));
    }

    @Test
    void aSignInSucceedsWhereTheTokenForAskingIsRefused() {
        URI authorize = URI.create(browser.get(house.authorizeAddress()).location());
        house.provider().signInAutomaticallyAs("ben");
        URI callback = URI.create(browser.get(authorize).location());
        URI silently = URI.create(browser.get(callback).location());
        assertThat(silently.toString())
                .startsWith(house.provider().uri(Endpoint.AUTHORIZE).toString());

        Answer back = browser.get(withAnError(browser.get(silently).location()));

        assertThat(config(house.redeem(browser, GatewayHouse.codeIn(back)))).isEqualTo(200);
    }

    private static URI withAnError(String callback) {
        return URI.create(callback.replaceFirst("code=[^&]+", "error=invalid_scope"));
    }

    /// Ada signs in at the provider while Ben's browser is on its way: her token is not his.
    @Test
    void aTokenOfSomebodyElseIsNotTaken() {
        URI authorize = URI.create(browser.get(house.authorizeAddress()).location());
        house.provider().signInAutomaticallyAs("ben");
        URI callback = URI.create(browser.get(authorize).location());
        URI silently = URI.create(browser.get(callback).location());
        adaSignsInAtTheProvider();

        Answer back = browser.get(URI.create(browser.get(silently).location()));

        assertThat(house.provider().sessionIds("ada")).hasSize(1);
        SignedIn ben = house.redeem(browser, GatewayHouse.codeIn(back));
        assertThat(config(ben)).isEqualTo(200);
        assertThat(house.gateway().accounts().list()).hasSize(1);
        house.provider().disableInWords("ada");
        assertThat(refreshedAfterwards()).isEmpty();
        assertThat(isSuspended()).isFalse();
    }

    private void adaSignsInAtTheProvider() {
        URI elsewhere = URI.create("http://127.0.0.1:9/elsewhere");
        house.provider().register(RegisteredClient.secretBasic("another", "secret", elsewhere));
        house.provider().signInAutomaticallyAs("ada");
        browser.get(
                URI.create(
                        house.provider().uri(Endpoint.AUTHORIZE)
                                + "?response_type=code&client_id=another&scope=openid"
                                + "&prompt=login&code_challenge_method=S256&code_challenge="
                                + "A".repeat(43)
                                + "&redirect_uri="
                                + VisitorBrowser.encode(elsewhere.toString())));
    }

    /// Ben gave no token of his own, so that nobody can be asked about.
    private List<String> refreshedAfterwards() {
        return house.provider().requests(Endpoint.TOKEN).stream()
                .flatMap(request -> request.parameter("refresh_token").stream())
                .toList();
    }

    /// The address of the callback is worth nothing without the browser that it was made for.
    @Test
    void aSilentAnswerSignsNobodyIn() {
        URI authorize = URI.create(browser.get(house.authorizeAddress()).location());
        house.provider().signInAutomaticallyAs("ben");
        URI callback = URI.create(browser.get(authorize).location());
        URI silently = URI.create(browser.get(callback).location());
        URI answer = URI.create(browser.get(silently).location());

        assertThat(phone.get(answer).status()).isEqualTo(400);
        assertThat(phone.get(house.authorizeAddress()).location())
                .startsWith(house.provider().issuer().toString());
    }
}
