package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.admission.RefusalLog;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.login.LoginHouse.Plan;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class FloodTest {

    private static final Plan TIGHT =
            new Plan(1, new LimitsConfig(100, 10, 100, 5, 3, 30, 30, 50), "");

    @Test
    void oneAddressBeginsOnlySoManySignInsInAMinute() {
        try (LoginHouse house = new LoginHouse(TIGHT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(status(house, "192.0.2.1")).isEqualTo(302);
            }

            assertThat(status(house, "192.0.2.1")).isEqualTo(429);
            assertThat(status(house, "192.0.2.2")).isEqualTo(302);
        }
    }

    @Test
    void allTogetherBeginOnlySoManyUntilSomeRunOut() {
        try (LoginHouse house = new LoginHouse(TIGHT)) {
            for (int i = 0; i < 5; i++) {
                assertThat(status(house, "192.0.2." + i)).isEqualTo(302);
            }
            assertThat(status(house, "192.0.2.99")).isEqualTo(429);

            house.facts.clock.advance(Duration.ofMinutes(10));

            assertThat(status(house, "192.0.2.99")).isEqualTo(302);
        }
    }

    @Test
    void aFloodOfBadRequestsFillsNoAuditLog() {
        try (LoginHouse house = new LoginHouse(TIGHT)) {
            for (int i = 0; i < 10; i++) {
                house.browser().get("/auth/authorize?client_id=https://evil.example/");
            }

            assertThat(house.audit()).hasSize(3);
        }
    }

    @Test
    void allAddressesTogetherFillOnlySoManyLinesOfTheAuditLog() {
        try (LoginHouse house = new LoginHouse(TIGHT)) {
            for (int i = 0; i < RefusalLog.LINES_PER_MINUTE + 50; i++) {
                refuse(house, "198.51." + i / 250 + "." + i % 250);
            }
            assertThat(house.facts.audit.newest(1_000)).hasSize(RefusalLog.LINES_PER_MINUTE);

            house.facts.clock.advance(Duration.ofMinutes(1));
            refuse(house, "203.0.113.9");
            assertThat(house.facts.audit.newest(1_000)).hasSize(RefusalLog.LINES_PER_MINUTE + 1);
        }
    }

    private static void refuse(LoginHouse house, String address) {
        house.browser().at(address).get("/auth/authorize?client_id=https://evil.example/");
    }

    private static int status(LoginHouse house, String address) {
        return house.browser().at(address).get(authorize("")).response().status();
    }
}
