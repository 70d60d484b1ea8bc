package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.TestHouse;
import dev.vestibule.audit.UnconvergedReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.Language;
import dev.vestibule.outbox.OutboxEntry;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

/// What the console shows of what Home Assistant has still to be told.
class OutboxPageTest {

    private static final String OUTBOX = "/auth/vestibule/console/outbox";
    private static final String AGREED = "Home Assistant knows everything";

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        house.close();
    }

    private String page() {
        Answer answer = ada.get(house.at(OUTBOX));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void whatIsNotToldYetStandsThereUntilHomeAssistantKnows() {
        house.provider().addPerson(Person.of("<i>eve", "Eve").withGroups("family"));
        house.signIn(ben, "<i>eve");
        house.signIn(ada, "ada");
        Eventually.holds(() -> page().contains(AGREED), this::page);
        house.homeAssistant().stop();

        house.suspend("<i>eve");

        Eventually.holds(() -> page().contains("is tried again"), this::page);
        assertThat(page()).contains("shut out", "&lt;i&gt;eve</a>").doesNotContain(AGREED, "<i>");
        house.homeAssistant().startAgain();
        Eventually.holds(() -> page().contains(AGREED), this::page);
    }

    private static OutboxEntry entry(int attempts, boolean isUnconverged) {
        return entry(attempts, isUnconverged, "");
    }

    private static OutboxEntry entry(int attempts, boolean isUnconverged, String problem) {
        return new OutboxEntry(
                new HomeId("home"),
                "",
                "end-token",
                attempts,
                problem,
                isUnconverged,
                Instant.EPOCH);
    }

    private static String problem(boolean isUnconverged, String problem) {
        return OutboxPage.problem(entry(1, isUnconverged, problem)).in(Language.GERMAN);
    }

    @Test
    void whyItIsNotDoneIsSaidInTheLanguageOfWhoeverReads() {
        assertThat(problem(false, "")).isEmpty();
        assertThat(problem(true, UnconvergedReason.OWNER_STAYS.code()))
                .isEqualTo(
                        "die Eigentümerin oder der Eigentümer von Home Assistant lässt sich nicht"
                                + " deaktivieren");
        assertThat(problem(false, OutboxEntry.FAULT)).startsWith("Ein Fehler des Gateways");
        assertThat(problem(false, "Home Assistant cannot be reached"))
                .endsWith("Im Protokoll heißt es, auf Englisch: Home Assistant cannot be reached");
    }

    @Test
    void whatWasNeverTriedIsNotSaidToBeTriedAgain() {
        assertThat(OutboxPage.state(entry(0, false)).label())
                .isEqualTo(text("console.outbox.untried"));
        assertThat(OutboxPage.state(entry(1, false)).label())
                .isEqualTo(text("console.outbox.waiting"));
        assertThat(OutboxPage.state(entry(1, true)).label())
                .isEqualTo(text("console.outbox.stuck"));
    }

    @Test
    void itIsNotChangedHereAndNotForTheFamily() {
        ada.carry("Sec-Fetch-Site", "same-origin");
        house.signIn(ada, "ada");
        house.signIn(ben, "ben");

        assertThat(ada.postForm(house.at(OUTBOX), Map.of("change", "x")).status()).isEqualTo(404);
        assertThat(ben.get(house.at(OUTBOX)).status()).isEqualTo(403);
    }
}
