package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;

/// What a suspension and a restoration make of Home Assistant itself, through a whole gateway.
class OutMeansOutTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

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

        house.suspend("ben");

        await(() -> !ben().isActive());
        assertThat(house.homeAssistant().refreshTokenIds(ben().id())).isEmpty();
        assertThat(directly(script)).isEqualTo(401);
        await(() -> outbox().isEmpty());
    }

    @Test
    void tokensEndBeforeTheUserIsDeactivated() {
        house.signIn(browser, "ben");
        house.homeAssistant().record().clear();

        house.suspend("ben");
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

        house.suspend("ben");

        await(() -> outbox().stream().anyMatch(entry -> entry.attempts() > 0));
        assertThat(outbox()).allMatch(entry -> entry.what().equals("shut-out"));
        assertThat(agreement("ben")).singleElement().asString().startsWith("home: waiting (");
        house.homeAssistant().startAgain();
        await(() -> house.isAudited("Converged"));
        assertThat(outbox()).isEmpty();
        assertThat(agreement("ben")).containsExactly("agrees");
        assertThat(ben().isActive()).isFalse();
        assertThat(directly(script)).isEqualTo(401);
    }

    @Test
    void whoeverIsRestoredSignsInAnewAndNothingOldRevives() {
        SignedIn before = house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        house.suspend("ben");
        await(() -> outbox().isEmpty());

        house.restore("ben");

        await(() -> outbox().isEmpty() && ben().isActive());
        assertThat(directly(script)).isEqualTo(401);
        assertThat(house.get(browser, "/api/config", before.accessToken()).status()).isEqualTo(401);
        SignedIn after = house.signIn(browser, "ben");
        assertThat(house.get(browser, "/api/config", after.accessToken()).status()).isEqualTo(200);
    }

    /// A phone that hears 410 registers anew, for which it needs a live token.
    @Test
    void theOldIdOfAPhoneStaysDeadAndThePhoneWorksAgainOnceItsPersonHasSignedIn() {
        String before = house.registerPhone(browser, house.signIn(browser, "ben").accessToken());
        assertThat(house.callWebhook(browser, before)).isEqualTo(200);

        house.suspend("ben");
        assertThat(house.callWebhook(browser, before)).isEqualTo(403);
        await(() -> outbox().isEmpty());
        house.restore("ben");
        await(() -> outbox().isEmpty());

        house.homeAssistant().record().clear();
        assertThat(house.callWebhook(browser, before)).isEqualTo(410);
        assertThat(house.homeAssistant().record().contains(before)).isFalse();
        String after = house.registerPhone(browser, house.signIn(browser, "ben").accessToken());
        assertThat(house.callWebhook(browser, after)).isEqualTo(200);
        assertThat(house.callWebhook(browser, before)).isEqualTo(410);
    }

    @Test
    void tokensThatSleepAreAnAlarmAndEndWhenTheirPersonIsRestored() {
        house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        house.homeAssistant().setActive(ben().id(), false);

        house.suspend("ben");

        await(() -> outbox().stream().anyMatch(OutboxEntry::isUnconverged));
        assertThat(agreement("ben"))
                .singleElement()
                .asString()
                .startsWith("home: disagrees (")
                .contains("sleep");

        house.restore("ben");
        await(() -> outbox().isEmpty() && ben().isActive());
        assertThat(directly(script)).isEqualTo(401);
        assertThat(agreement("ben")).isEmpty();
    }

    @Test
    void whoeverHasASecondFactorIsShutOutByATokenThatAClientOfTheirsHad() {
        house.signIn(browser, "ben");
        String script = house.homeAssistant().longLivedToken(ben().id(), "script");
        house.homeAssistant().enableTotp(ben().id());

        house.suspend("ben");

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
                        .suspend(house.account("ada").id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(result).isInstanceOf(SuspendResult.LastAdministrator.class);
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(200);
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
