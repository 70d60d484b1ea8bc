package dev.vestibule;

import static dev.vestibule.LocalLogins.AT_HOME;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.greta;
import static dev.vestibule.LocalLogins.redeem;
import static dev.vestibule.LocalLogins.signIn;
import static dev.vestibule.LocalLogins.signInPage;
import static dev.vestibule.LocalLogins.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.testhouse.home.HomeOptions;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Who guesses passwords of Home Assistant's people learns nothing, and locks out and bans nobody
/// else.
class GuessedPasswordsTest {

    @AutoClose private final LocalLogins logins = new LocalLogins();

    @Test
    void anUnknownNameAndAWrongPasswordReadAlike() {
        TestHouse house = logins.house();
        greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer page = signInPage(caller, house);

            Answer wrong = type(caller, page, "greta", "battery staple");
            Answer unknown = type(caller, page, "nobody", "battery staple");

            assertThat(wrong.status()).isEqualTo(403);
            assertThat(wrong.body()).contains("User name or password is not right");
            assertThat(unknown).isEqualTo(wrong);
        }
    }

    @Test
    void aStrangerCannotLockAPersonOutAtHomeOrWhereTheyHaveBeen() {
        TestHouse house = logins.house();
        greta(house);
        try (HouseBrowser usual = new HouseBrowser(house, "198.51.100.4")) {
            redeem(house, signIn(usual, house, "correct horse"));
        }
        for (int i = 0; i < 12; i++) {
            try (HouseBrowser stranger = new HouseBrowser(house, "203.0.113." + (100 + i))) {
                signIn(stranger, house, "guess " + i);
            }
        }
        house.homeAssistant().record().clear();
        try (HouseBrowser stranger = new HouseBrowser(house, "203.0.113.200");
                HouseBrowser atHome = new HouseBrowser(house, AT_HOME);
                HouseBrowser usual = new HouseBrowser(house, "198.51.100.4")) {
            Answer slowed = signIn(stranger, house, "correct horse");
            assertThat(slowed.status()).isEqualTo(429);
            assertThat(house.homeAssistant().record().contains("correct horse")).isFalse();

            redeem(house, signIn(atHome, house, "correct horse"));
            redeem(house, signIn(usual, house, "correct horse"));
        }
    }

    @Test
    void oneNameHasOneLimitHoweverItIsWritten() {
        TestHouse house = logins.house();
        greta(house);
        List<String> ways = List.of("greta", "GRETA", " greta", "greta\u00a0", "gReTa\u0085");
        for (int i = 0; i < 10; i++) {
            try (HouseBrowser stranger = new HouseBrowser(house, "203.0.113." + (100 + i))) {
                type(stranger, signInPage(stranger, house), ways.get(i % 5), "guess");
            }
        }
        try (HouseBrowser stranger = new HouseBrowser(house, "203.0.113.200")) {
            assertThat(signIn(stranger, house, "guess").status()).isEqualTo(429);
        }
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        TestHouse house = logins.house();
        greta(house);
        Answer last = new Answer(0, "", "");
        for (int i = 0; i < 11; i++) {
            try (HouseBrowser stranger = new HouseBrowser(house, "2001:db8:1:1::" + i)) {
                last = type(stranger, signInPage(stranger, house), "name-" + i, "guess");
            }
        }
        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void wrongPasswordsNeverBanTheHouseholdWhereHomeAssistantKnowsAddresses() {
        TestHouse house =
                logins.house(LocalLogin.ON, HomeOptions.defaults().withLoginAttemptsMax(3));
        greta(house);
        tryWrongly(house);
        try (HouseBrowser caller = new HouseBrowser(house, AT_HOME)) {
            redeem(house, signIn(caller, house, "correct horse"));
        }
    }

    @Test
    void wrongPasswordsNeverBanTheGatewayWhereHomeAssistantSeesNobodyElse() {
        TestHouse house =
                logins.house(
                        LocalLogin.ON,
                        HomeOptions.defaults()
                                .withForwardedHeadersTrusted(false)
                                .withLoginAttemptsMax(3));
        greta(house);
        tryWrongly(house);
        try (HouseBrowser caller = new HouseBrowser(house, AT_HOME)) {
            redeem(house, signIn(caller, house, "correct horse"));
        }
    }

    private static void tryWrongly(TestHouse house) {
        try (HouseBrowser caller = new HouseBrowser(house, AT_HOME)) {
            Answer page = signInPage(caller, house);
            for (int i = 0; i < 6; i++) {
                assertThat(type(caller, page, "greta", "guess").status()).isEqualTo(403);
            }
        }
    }
}
