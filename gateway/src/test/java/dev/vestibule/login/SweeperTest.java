package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.LimitsConfig;
import dev.vestibule.login.LoginHouse.Plan;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

class SweeperTest {

    private final LoginHouse house = new LoginHouse(new Plan(2, LimitsConfig.DEFAULTS, ""));

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void removesWhatRanOutAndNothingElse() {
        TestBrowser browser = house.browser();
        browser.get(authorize(""));
        house.facts.clock.advance(Duration.ofMinutes(20));
        browser.get(authorize(""));
        house.facts.clock.advance(Duration.ofMinutes(15));

        house.login.sweep();

        assertThat(rows("pending_choice")).isEqualTo(1);
    }

    @Test
    void tellsHomeAssistantThatNobodyWillAnswer() {
        TestBrowser ada = house.browser();
        URI choice = ada.get(authorize("")).location();
        String chosen = choice.toString().replace("/sign-in?", "/sign-in/id0?");
        ada.open(house.visit(TestBrowser.location(ada.open(URI.create(chosen)))));
        house.home.enableTotp(house.home.userNamed("Ada Lovelace").orElseThrow().id());
        ada.get(authorize(""));
        house.facts.clock.advance(Duration.ofMinutes(5));

        house.login.sweep();

        assertThat(rows("second_factor")).isZero();
        assertThat(house.home.record().requests())
                .anyMatch(
                        request ->
                                request.method().equals("DELETE")
                                        && request.target().startsWith("/auth/login_flow/"));
    }

    private int rows(String table) {
        return house.facts.database.read(
                handle ->
                        handle.createQuery("SELECT COUNT(*) FROM " + table)
                                .mapTo(Integer.class)
                                .one());
    }
}
