package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.Eventually;
import dev.vestibule.homeassistant.HomeAssistantStatus.Away;
import dev.vestibule.homeassistant.HomeAssistantStatus.Connected;
import dev.vestibule.homeassistant.HomeAssistantStatus.NotAdministrator;
import dev.vestibule.homeassistant.HomeAssistantStatus.NotOnboarded;
import dev.vestibule.homeassistant.HomeAssistantStatus.TokenRefused;
import dev.vestibule.homeassistant.HomeAssistantStatus.TooOld;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;

class AdministratorConnectionTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({
        "2023.1.7, false, false",
        "2024.1.0, false, false",
        "2025.12.5, false, false",
        "2026.1.0, true, false",
        "2026.4.3, true, false",
        "2026.4.4, true, true",
        "2026.9.4, true, true"
    })
    void findsOutWhatTheReleaseDoesByItself(
            String version, boolean removesTokens, boolean enforcesLocalOnly) {
        try (var house = new ScriptedTie(HomeOptions.defaults().withVersion(version))) {
            house.connected();

            assertThat(house.tie.status())
                    .isInstanceOfSatisfying(
                            Connected.class,
                            connected -> {
                                assertThat(connected.version()).hasToString(version);
                                var can = connected.capabilities();
                                assertThat(can.deactivationRemovesTokens())
                                        .isEqualTo(removesTokens);
                                assertThat(can.socketEnforcesLocalOnly())
                                        .isEqualTo(enforcesLocalOnly);
                                assertThat(can.components()).isNotEmpty();
                            });
            assertThat(answers(house)).isTrue();
        }
    }

    @Test
    void comesBackByItselfWhenHomeAssistantRestarts() {
        try (var house = new ScriptedTie().connected()) {
            house.home.stop();
            Eventually.become(Away.class, house.tie::status);
            assertOutage(house);

            house.home.startAgain();

            Eventually.holds(() -> answers(house), house.tie::status);
        }
    }

    @Test
    void comesBackByItselfWhenTheConnectionIsCut() {
        try (var house = new ScriptedTie().connected()) {
            house.home.record().clear();
            house.home.cutSockets();

            awaitNextConnection(house);
        }
    }

    /// Nobody can count the nanoseconds of that many seconds, which nobody thought of.
    @Test
    void aFaultOfTheGatewayIsAnOutageAndTheConnectionIsMadeAnew() {
        TransportLimits faulty = TestLimits.withPing(Duration.ofSeconds(Long.MAX_VALUE));
        try (var house = new ScriptedTie(HomeOptions.defaults(), faulty)) {
            house.tie.start();

            Eventually.holds(
                    () -> house.tie.status() instanceof Away(var why, _) && why.contains("fault"),
                    house.tie::status);
            house.home.record().clear();
            Eventually.holds(
                    () -> house.home.record().contains("subscribe_entities"), house.tie::status);
        }
    }

    @Test
    void aCommandThatIsNeverAnsweredCostsOnlyItsOwnCaller() {
        try (var house = new ScriptedTie(HomeOptions.defaults(), TestLimits.IMPATIENT)) {
            house.connected();
            house.home.faults().hangCommand("config/auth/list");

            assertOutage(house);

            assertThat(house.tie.users().persons()).isNotNull();
            assertThat(house.tie.status()).isInstanceOf(Connected.class);
        }
    }

    @Test
    void aConnectionThatOnlySeemsOpenIsGivenUpAndMadeAnew() {
        try (var house = new ScriptedTie(HomeOptions.defaults(), TestLimits.IMPATIENT)) {
            house.connected();
            house.home.record().clear();
            house.home.faults().hangCommand("ping");

            awaitNextConnection(house);
        }
    }

    @Test
    void aConnectionThatIsCutInsteadOfAnAnswerIsAnOutageAndIsMadeAnew() {
        try (var house = new ScriptedTie().connected()) {
            house.home.record().clear();
            house.home.faults().cutAfterCommand("config/auth/list");

            assertOutage(house);

            house.home.faults().clear();
            awaitNextConnection(house);
        }
    }

    @Test
    void aRefusedQuestionNamesItsReason() {
        try (var house = new ScriptedTie().connected()) {
            house.home.faults().failCommand("config/auth/list", "unauthorized");

            assertThatThrownBy(() -> house.tie.users().list())
                    .isInstanceOf(HomeAssistantUnavailable.class)
                    .hasMessageContaining("config/auth/list")
                    .hasMessageContaining("unauthorized");
        }
    }

    @Test
    void whatAHouseHasNotLoadedIsNotThere() {
        try (var house = new ScriptedTie().connected()) {
            for (String command : List.of("person/list", "webhook/list", "get_panels")) {
                house.home.faults().failCommand(command, "unknown_command");
            }

            assertThat(house.tie.users().persons()).isEmpty();
            assertThat(house.tie.webhooks()).isEmpty();
            assertThat(house.tie.panels()).isEmpty();
        }
    }

    @Test
    void aSlowHomeAssistantIsWaitedFor() {
        try (var house = new ScriptedTie()) {
            house.home.faults().slow(Duration.ofMillis(50));

            house.connected();

            assertThat(house.tie.users().list()).extracting("name").contains("Owner");
        }
    }

    @Test
    void aWrongTokenIsToldApartFromAnOutage() {
        try (var house = new ScriptedTie();
                var tie =
                        new HomeAssistant(
                                house.clock, house.config("nonsense"), TestLimits.QUICK)) {
            tie.start();

            assertThat(tie.awaitFirstAttempt(LONG)).isInstanceOf(TokenRefused.class);
        }
    }

    /// Each try is a failed login, and Home Assistant may ban the gateway's address for some.
    @Test
    void aRefusedTokenIsTriedAgainAfterItsOwnWait() {
        TransportLimits rarely = TestLimits.withRetries(LONG, Duration.ofMillis(20));
        try (var house = new ScriptedTie();
                var tie = new HomeAssistant(house.clock, house.config("nonsense"), rarely)) {
            tie.start();

            Eventually.holds(
                    () -> tries(house) >= 3, () -> tries(house) + " tries, " + tie.status());
        }
    }

    private static long tries(ScriptedTie house) {
        return house.home.record().socketMessages().stream()
                .filter(message -> message.contains("nonsense"))
                .count();
    }

    @Test
    void theTokenOfSomebodyElseIsNoAdministrators() {
        try (var house = new ScriptedTie()) {
            String id = house.home.addUser("Anna", "anna", "pw", "system-users").id();
            String token = house.home.longLivedToken(id, "script");
            try (var tie = new HomeAssistant(house.clock, house.config(token), TestLimits.QUICK)) {
                tie.start();

                assertThat(tie.awaitFirstAttempt(LONG)).isInstanceOf(NotAdministrator.class);
                assertThatThrownBy(() -> tie.users().list())
                        .isInstanceOf(HomeAssistantUnavailable.class);
            }
        }
    }

    @Test
    void aHouseThatNobodyHasSetUpIsSaidToBeSo() {
        try (var house = new ScriptedTie(HomeOptions.defaults().withOnboarded(false))) {
            house.tie.start();

            assertThat(house.tie.awaitFirstAttempt(LONG)).isInstanceOf(NotOnboarded.class);
        }
    }

    @Test
    void anOlderReleaseThanTheOldestIsRefused() {
        try (var house = new ScriptedTie(HomeOptions.defaults().withVersion("2022.12.9"))) {
            house.tie.start();

            assertThat(house.tie.awaitFirstAttempt(LONG)).isEqualTo(new TooOld("2022.12.9"));
        }
    }

    @Test
    void anOutageKeepsItsBeginningAndTellsItsNewestReason() {
        try (var house = new ScriptedTie()) {
            house.home.faults().refuseConnections();
            house.tie.start();
            house.tie.awaitFirstAttempt(LONG);
            Instant begun = house.clock.instant();
            house.clock.advance(Duration.ofMinutes(5));

            house.home.faults().answer("/api/websocket", 502);
            house.home.faults().takeConnections();

            Eventually.holds(
                    () -> house.tie.status() instanceof Away(var why, _) && why.contains("502"),
                    house.tie::status);
            assertThat(Eventually.become(Away.class, house.tie::status).since()).isEqualTo(begun);
        }
    }

    @Test
    void whoAsksWhileTheFirstConnectionIsMadeWaitsForIt() throws Exception {
        try (var house = new ScriptedTie()) {
            Ambush first = house.home.faults().ambush("auth/current_user", Ambush.Moment.BEFORE);
            house.tie.start();
            first.await();
            assertThat(house.tie.status()).isInstanceOf(HomeAssistantStatus.Connecting.class);

            var listing = new FutureTask<>(() -> house.tie.users().list());
            Thread asking = Thread.ofPlatform().start(listing);
            Eventually.holds(
                    () -> asking.getState() == Thread.State.TIMED_WAITING, asking::getState);
            first.release();

            assertThat(listing.get()).extracting("name").contains("Owner");
        }
    }

    @Test
    void nobodyWaitsLongForAFirstConnectionThatHangs() {
        TransportLimits patientWithAnswers = TestLimits.withFirstAttempt(Duration.ofMillis(100));
        try (var house = new ScriptedTie(HomeOptions.defaults(), patientWithAnswers)) {
            house.home.faults().hang("/api/websocket");
            house.tie.start();
            long begun = System.nanoTime();

            assertOutage(house);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(TestLimits.QUICK.connect());
            assertThat(house.tie.status()).isInstanceOf(HomeAssistantStatus.Connecting.class);
        }
    }

    /// Sees a connection begin that was not there when the record was cleared.
    private static void awaitNextConnection(ScriptedTie house) {
        Eventually.holds(
                () -> house.home.record().contains("subscribe_entities"), house.tie::status);
        Eventually.holds(() -> answers(house), house.tie::status);
    }

    private static boolean answers(ScriptedTie house) {
        try {
            return house.tie.users().list().stream().anyMatch(HomeAssistantUser::isOwner);
        } catch (HomeAssistantUnavailable notYet) {
            return false;
        }
    }

    private static void assertOutage(ScriptedTie house) {
        assertThatThrownBy(() -> house.tie.users().list())
                .isInstanceOf(HomeAssistantUnavailable.class);
    }
}
