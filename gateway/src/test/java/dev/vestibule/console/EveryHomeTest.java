package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.console.ConsolePlace.Reach;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/// An administrator of one home, at a gateway that has two.
class EveryHomeTest {

    private final TestHouse house = TestHouse.withACabin();
    private final VisitorBrowser ada = new VisitorBrowser();

    @AfterEach
    void close() {
        ada.close();
        house.close();
    }

    private static List<ConsolePlace> of(Reach reach) {
        return Arrays.stream(ConsolePlace.values())
                .filter(place -> place.reach() == reach)
                .toList();
    }

    @Test
    void whatBelongsToEveryHomeIsNotForWhoeverAdministersOne() {
        house.signIn(ada, "ada");

        for (ConsolePlace place : of(Reach.EVERY_HOME)) {
            assertThat(ada.get(house.at(place.path())).status()).as(place.path()).isEqualTo(403);
            assertThat(ada.get(house.at(place.path() + "/export")).status()).isEqualTo(403);
        }
        String page = ada.get(house.at(ConsolePlace.PEOPLE.path())).body();
        of(Reach.EVERY_HOME)
                .forEach(place -> assertThat(page).doesNotContain("\"" + place.path() + "\""));
    }

    @Test
    void whatBelongsToTheirHomeIsForThem() {
        house.signIn(ada, "ada");

        for (ConsolePlace place : of(Reach.OWN_HOMES)) {
            assertThat(ada.get(house.at(place.path())).status()).as(place.path()).isEqualTo(200);
        }
    }
}
