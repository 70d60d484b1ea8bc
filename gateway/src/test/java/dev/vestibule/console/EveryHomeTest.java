package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.EnumSet;

/// An administrator of one home, at a gateway that has two.
class EveryHomeTest {

    private static final EnumSet<ConsolePlace> ALL_HOMES =
            EnumSet.of(
                    ConsolePlace.IDENTITY_SYSTEMS,
                    ConsolePlace.OUTBOX,
                    ConsolePlace.AUDIT,
                    ConsolePlace.CONFIGURATION);

    private final TestHouse house = TestHouse.withACabin();
    private final VisitorBrowser ada = new VisitorBrowser();

    @AfterEach
    void close() {
        ada.close();
        house.close();
    }

    @Test
    void whatBelongsToEveryHomeIsNotForWhoeverAdministersOne() {
        house.signIn(ada, "ada");

        String page = ada.get(house.at(ConsolePlace.PEOPLE.path())).body();

        for (ConsolePlace place : ALL_HOMES) {
            assertThat(ada.get(house.at(place.path())).status()).as(place.path()).isEqualTo(403);
            assertThat(ada.get(house.at(place.path() + "/export")).status()).isEqualTo(403);
            assertThat(page).doesNotContain("\"" + place.path() + "\"");
        }
    }

    @Test
    void whatBelongsToTheirHomeIsForThem() {
        house.signIn(ada, "ada");

        for (ConsolePlace place : EnumSet.complementOf(ALL_HOMES)) {
            assertThat(ada.get(house.at(place.path())).status()).as(place.path()).isEqualTo(200);
        }
    }

    @Test
    void theClientsOfAHomeOfSomebodyElseAreNotThere() {
        house.signIn(ada, "ada");
        HomeConfig cabin = house.config().homes().getLast();
        String client = "?client=" + VisitorBrowser.encode(cabin.publicUrl() + "/");
        String clients = ConsolePlace.CLIENTS.path();

        assertThat(ada.get(house.at(clients)).body())
                .contains(house.clientId())
                .doesNotContain(cabin.publicUrl().toString());
        assertThat(ada.get(house.at(clients + "/" + cabin.name().value() + client)).status())
                .isEqualTo(404);
        assertThat(ada.get(house.at(clients + "/nowhere" + client)).status()).isEqualTo(404);
    }
}
