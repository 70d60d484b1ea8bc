package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;

/// What a suspension and a restoration make of Home Assistant itself, through a whole gateway.
class OutMeansOutTest {

    private static final Cause CAUSE = new Cause("console", "left the house", "console");

    private static final String REGISTRATION =
            """
            {"app_id": "io.robbie.HomeAssistant", "app_name": "Home Assistant", "app_version": "1",
             "device_id": "a-phone", "device_name": "Ben's phone", "manufacturer": "A",
             "model": "B", "os_name": "C", "os_version": "1", "supports_encryption": false}
            """;

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    @Test
    void tokensThatTheGatewayNeverSawDieInHomeAssistantToo() {
        house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        assertThat(directly(script)).isEqualTo(200);

        suspend("ben");

        await(() -> !ben().isActive());
        assertThat(house.homeAssistant().refreshTokenIds(ben().id())).isEmpty();
        assertThat(directly(script)).isEqualTo(401);
        await(() -> outbox().isEmpty());
    }

    @Test
    void tokensEndBeforeTheUserIsDeactivated() {
        house.signIn(browser, "ben");
        house.homeAssistant().record().clear();

        suspend("ben");
        await(() -> !ben().isActive());

        List<String> told = house.homeAssistant().record().socketMessages();
        assertThat(indexOf(told, "auth/delete_all_refresh_tokens"))
                .isNotNegative()
                .isLessThan(indexOf(told, "\"is_active\":false"));
    }

    @Test
    void homeAssistantIsToldAfterItCameBack() {
        house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        house.homeAssistant().stop();

        suspend("ben");

        await(() -> outbox().stream().anyMatch(entry -> entry.attempts() > 0));
        assertThat(outbox()).allMatch(entry -> entry.what().equals("shut-out"));
        assertThat(agreement("ben")).singleElement().asString().startsWith("home: waiting (");
        house.homeAssistant().startAgain();
        await(() -> outbox().isEmpty());
        assertThat(agreement("ben")).containsExactly("agrees");
        assertThat(ben().isActive()).isFalse();
        assertThat(directly(script)).isEqualTo(401);
    }

    @Test
    void whoeverIsRestoredSignsInAnewAndNothingOldRevives() {
        SignedIn before = house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        suspend("ben");
        await(() -> outbox().isEmpty());

        restore("ben");

        await(() -> outbox().isEmpty() && ben().isActive());
        assertThat(directly(script)).isEqualTo(401);
        assertThat(house.get(browser, "/api/config", before.accessToken()).status()).isEqualTo(401);
        SignedIn after = house.signIn(browser, "ben");
        assertThat(house.get(browser, "/api/config", after.accessToken()).status()).isEqualTo(200);
    }

    /// A phone that hears 410 registers anew, for which it needs a live token.
    @Test
    void theOldIdOfAPhoneStaysDeadAndThePhoneWorksAgainOnceItsPersonHasSignedIn() {
        String before = registerPhone(house.signIn(browser, "ben").accessToken());
        assertThat(callWebhook(before)).isEqualTo(200);

        suspend("ben");
        assertThat(callWebhook(before)).isEqualTo(403);
        await(() -> outbox().isEmpty());
        restore("ben");
        await(() -> outbox().isEmpty());

        house.homeAssistant().record().clear();
        assertThat(callWebhook(before)).isEqualTo(410);
        assertThat(house.homeAssistant().record().contains(before)).isFalse();
        String after = registerPhone(house.signIn(browser, "ben").accessToken());
        assertThat(callWebhook(after)).isEqualTo(200);
        assertThat(callWebhook(before)).isEqualTo(410);
    }

    private String registerPhone(String accessToken) {
        Answer answer =
                browser.postJson(
                        house.at("/api/mobile_app/registrations"),
                        REGISTRATION,
                        "Authorization",
                        "Bearer " + accessToken);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return GatewayHouse.json(answer).path("webhook_id").asText();
    }

    private int callWebhook(String id) {
        return browser.postJson(house.at("/api/webhook/" + id), "{\"type\":\"get_config\"}")
                .status();
    }

    @Test
    void tokensThatSleepAreAnAlarmAndEndWhenTheirPersonIsRestored() {
        house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        house.homeAssistant().setActive(ben().id(), false);

        suspend("ben");

        await(() -> outbox().stream().anyMatch(OutboxEntry::isUnconverged));
        assertThat(agreement("ben"))
                .singleElement()
                .asString()
                .startsWith("home: disagrees (")
                .contains("sleep");

        restore("ben");
        await(() -> outbox().isEmpty() && ben().isActive());
        assertThat(directly(script)).isEqualTo(401);
        assertThat(agreement("ben")).isEmpty();
    }

    @Test
    void whoeverHasASecondFactorIsShutOutByATokenThatAClientOfTheirsHad() {
        house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        house.homeAssistant().enableTotp(ben().id());

        suspend("ben");

        await(() -> outbox().isEmpty());
        assertThat(directly(script)).isEqualTo(401);
        assertThat(ben().isActive()).isFalse();
    }

    @Test
    void theLastAdministratorIsNotShutOut() {
        SignedIn ada = house.signIn(browser, "ada");

        SuspendResult result =
                house.gateway()
                        .facts()
                        .lifecycle()
                        .suspend(account("ada").id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(result).isInstanceOf(SuspendResult.LastAdministrator.class);
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(200);
    }

    private void suspend(String name) {
        assertThat(
                        house.gateway()
                                .facts()
                                .lifecycle()
                                .suspend(account(name).id(), SuspendedBy.OPERATOR, CAUSE))
                .isInstanceOf(SuspendResult.Suspended.class);
    }

    private void restore(String name) {
        assertThat(
                        house.gateway()
                                .facts()
                                .lifecycle()
                                .restore(account(name).id(), SuspendedBy.OPERATOR, CAUSE))
                .isTrue();
    }

    private Account account(String name) {
        return house.gateway().accounts().list().stream()
                .filter(account -> account.username().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// What the operator reads in the list of accounts.
    private List<String> agreement(String name) {
        return new OperatorCommands(house.gateway())
                .accounts().stream()
                        .filter(line -> line.username().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .homeAssistant();
    }

    private HomeUser ben() {
        return house.homeAssistant().userNamed("Ben").orElseThrow();
    }

    private List<OutboxEntry> outbox() {
        return house.gateway().facts().outbox().list();
    }

    /// Around the gateway.
    private int directly(String accessToken) {
        return browser.get(
                        URI.create(house.homeAssistant().url() + "/api/"),
                        "Authorization",
                        "Bearer " + accessToken)
                .status();
    }

    private static int indexOf(List<String> messages, String part) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).replace(" ", "").contains(part)) {
                return i;
            }
        }
        return -1;
    }
}
