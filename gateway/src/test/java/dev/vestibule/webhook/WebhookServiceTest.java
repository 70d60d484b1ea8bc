package dev.vestibule.webhook;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.connection.Connections;
import dev.vestibule.homeassistant.Webhook;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/// What is under way to webhooks is cut where one closes, and only there: it is everybody's.
class WebhookServiceTest {

    private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");
    private static final Secret NOBODYS = new Secret("nobodys");

    private final TestFacts facts = new TestFacts();
    private final WebhookService webhooks = new WebhookService(facts.clock, facts.database);

    @BeforeEach
    void adopt() {
        webhooks.adopt(HOME, List.of(new Webhook(NOBODYS, "mobile_app", "phone", false)), UNTIL);
    }

    @AfterEach
    void close() {
        facts.close();
    }

    private Connections callers() {
        return webhooks.callers(HOME, NOBODYS.reveal());
    }

    @Test
    void closingWhatNobodyHasClaimedCutsItsCallers() {
        Connections callers = callers();

        webhooks.closeUnassigned(HOME);

        assertThat(callers.isLive()).isFalse();
    }

    @Test
    void whereThereIsNothingToCloseNobodyIsCut() {
        webhooks.closeUnassigned(HOME);
        Connections callers = callers();

        webhooks.closeUnassigned(HOME);

        assertThat(callers.isLive()).isTrue();
    }

    /// Attack: what was open as nobody's is that of somebody who is shut out, or of a wall tablet.
    @Test
    void whatTurnsOutToBeSomebodysIsJudgedAnewForWhoeverCallsIt() {
        Connections callers = callers();

        webhooks.learn(HOME, NOBODYS, facts.admit("ada").id());

        assertThat(callers.isLive()).isFalse();
    }

    @Test
    void aPhoneThatRegistersCutsNobody() {
        Connections callers = callers();

        webhooks.learn(HOME, new Secret("new"), facts.admit("ada").id());

        assertThat(callers.isLive()).isTrue();
    }
}
