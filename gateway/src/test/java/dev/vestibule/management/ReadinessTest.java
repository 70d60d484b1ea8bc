package dev.vestibule.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantCapabilities;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantVersion;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

final class ReadinessTest {

    private static final HomeAssistantStatus CONNECTED = connected();
    private static final HomeAssistantStatus AWAY =
            new HomeAssistantStatus.Away("http://10.0.0.9:8123 does not answer", Instant.EPOCH);

    private static HomeAssistantStatus connected() {
        return new HomeAssistantStatus.Connected(
                new HomeAssistantVersion(2026, 11, 0),
                new HomeAssistantCapabilities(true, true, Set.of()));
    }

    private static Answer with(Map<String, HomeAssistantStatus> homes, boolean isDatabaseThere) {
        Map<HomeId, Supplier<HomeAssistantStatus>> asked =
                homes.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        home -> new HomeId(home.getKey()), home -> home::getValue));
        TestFacts facts = new TestFacts();
        DatabaseProbe database = new DatabaseProbe(facts.outbox::standings, Duration.ofSeconds(30));
        Readiness readiness = new Readiness(database, asked);
        if (isDatabaseThere) {
            try (facts) {
                return readiness.answer();
            }
        }
        facts.close();
        return readiness.answer();
    }

    @Test
    void oneLineForEachCheck() {
        Answer answer = with(Map.of("lake", CONNECTED, "city", CONNECTED), true);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {"ready": true, "checks": [
                        {"check": "database", "ok": true},
                        {"check": "home city", "ok": true},
                        {"check": "home lake", "ok": true}
                        ]}
                        """);
    }

    @Test
    void oneHomeOfTwoThatIsAwayIsNamedAndKeepsNobodyFromTheOther() {
        Answer answer = with(Map.of("lake", AWAY, "city", CONNECTED), true);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("{\"check\": \"home lake\", \"ok\": false, \"trouble\": \"away\"}");
    }

    @Test
    void withoutAnyHomeNobodyIsServed() {
        assertThat(with(Map.of("lake", AWAY, "city", new HomeAssistantStatus.TokenRefused()), true))
                .satisfies(
                        answer -> {
                            assertThat(answer.status()).isEqualTo(503);
                            assertThat(answer.body()).contains("\"ready\": false", "token-refused");
                        });
    }

    @Test
    void withoutADatabaseNobodyIsServedAndNoPathIsTold() {
        Answer answer = with(Map.of("city", CONNECTED), false);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .contains("{\"check\": \"database\", \"ok\": false, \"trouble\": \"no-answer\"}")
                .doesNotContain("/");
    }

    @Test
    void theAddressOfAHomeIsNotTold() {
        assertThat(with(Map.of("lake", AWAY), true).body()).doesNotContain("10.0.0.9");
    }
}
