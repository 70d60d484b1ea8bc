package dev.vestibule;

import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.greta;
import static dev.vestibule.LocalLogins.signIn;
import static dev.vestibule.LocalLogins.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What Home Assistant gave for a login that nobody comes in by ends there.
class NoTokenLeftBehindTest {

    @AutoClose private final LocalLogins logins = new LocalLogins();

    @Test
    void whatNobodyFetchesEndsInHomeAssistant() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        TestClock clock = new TestClock(Instant.now());
        house.restartGateway(clock);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer back = signIn(caller, house, "correct horse");
            assertThat(back.location()).contains("code=");
            assertThat(house.homeAssistant().refreshTokenIds(greta.id())).hasSize(1);

            clock.advance(Duration.ofMinutes(6));
            house.gateway().sweep();

            Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
        }
    }

    /// From now on nothing can be added to a table.
    private static void refuseMore(TestHouse house, String table) {
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                tx.execute(
                                        """
                                        CREATE TRIGGER no_more BEFORE INSERT ON %s
                                        BEGIN SELECT RAISE(ABORT, 'told to fail'); END
                                        """
                                                .formatted(table)));
    }

    @Test
    void whatAnAppGotThatCannotBeRecordedEndsInHomeAssistant() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer back = signIn(caller, house, "correct horse");
            refuseMore(house, "client_grant");

            Answer refused =
                    caller.post(
                            "/auth/token",
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "client_id",
                                    house.clientId(),
                                    "code",
                                    back.location().replaceAll(".*[?&]code=([^&]+).*", "$1")));

            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
        }
    }

    @Test
    void whatSomebodyGotWhoIsNotLetInForAFaultOfOursEndsInHomeAssistant() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        refuseMore(house, "session");
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            assertThat(signIn(caller, house, "correct horse").status()).isEqualTo(503);

            Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
        }
    }

    @Test
    void forAPageOfOursNoTokenIsLeftBehind() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer page = caller.follow(caller.get("/auth/vestibule/sign-in?next=%2F"));

            Answer back = type(caller, page, "greta", "correct horse");

            assertThat(back.location()).isEqualTo(house.at("/").toString());
            assertThat(caller.isSignedIn()).isTrue();
            Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
        }
    }
}
