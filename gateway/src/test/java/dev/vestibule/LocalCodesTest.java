package dev.vestibule;

import static dev.vestibule.LocalLogins.AT_HOME;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.NETWORK;
import static dev.vestibule.LocalLogins.greta;
import static dev.vestibule.LocalLogins.redeem;
import static dev.vestibule.LocalLogins.signIn;
import static dev.vestibule.LocalLogins.signInPage;
import static dev.vestibule.LocalLogins.type;
import static dev.vestibule.LocalLogins.userOf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Second factors of Home Assistant at its own login, and how often a code may be wrong.
class LocalCodesTest {

    @AutoClose private final LocalLogins logins = new LocalLogins();

    @Test
    void aSecondFactorIsAskedForOnce() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        house.homeAssistant().enableTotp(greta.id());
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer asked = signIn(caller, house, "correct horse");
            assertThat(asked.status()).isEqualTo(200);
            assertThat(caller.isSignedIn()).isFalse();

            Answer back = answer(caller, asked, house.homeAssistant().totpCode(greta.id()));

            assertThat(userOf(house, redeem(house, back))).contains(greta.id());
        }
    }

    private static Answer answer(HouseBrowser caller, Answer page, String code) {
        return caller.post(
                "/auth/vestibule/local/code",
                Map.of("question", page.hidden("question"), "answer", code));
    }

    @Test
    void threeWrongCodesEndTheLogin() {
        TestHouse house = logins.house();
        house.homeAssistant().enableTotp(greta(house).id());
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer asked = signIn(caller, house, "correct horse");
            Answer second = answer(caller, asked, "000000");
            assertThat(second.body()).contains("That code was not right");
            Answer third = answer(caller, second, "000000");

            Answer end = answer(caller, third, "000000");

            assertThat(end.status()).isEqualTo(403);
            assertThat(end.body()).contains("Too many wrong codes");
            assertThat(caller.isSignedIn()).isFalse();
        }
    }

    @Test
    void aQuestionIsAnsweredOnceAndByTheBrowserThatItWasPutTo() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        house.homeAssistant().enableTotp(greta.id());
        try (HouseBrowser caller = new HouseBrowser(house, AWAY);
                HouseBrowser thief = new HouseBrowser(house, AWAY)) {
            signInPage(thief, house);
            Answer asked = signIn(caller, house, "correct horse");

            assertThat(answer(thief, asked, code(house, greta)).status()).isEqualTo(400);
            redeem(house, answer(caller, asked, code(house, greta)));
            assertThat(answer(caller, asked, code(house, greta)).status()).isEqualTo(400);
        }
    }

    private static String code(TestHouse house, HomeUser user) {
        return house.homeAssistant().totpCode(user.id());
    }

    @Test
    void aQuestionIsNotLostToALimitThatPasses() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        house.homeAssistant().enableTotp(greta.id());
        TestClock clock = new TestClock(Instant.now());
        house.restartGateway(clock);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer page = signInPage(caller, house);
            Answer asked = type(caller, page, "greta", "correct horse");
            for (int i = 0; i < 9; i++) {
                type(caller, page, "name-" + i, "guess");
            }
            house.homeAssistant().record().clear();

            Answer held = answer(caller, asked, code(house, greta));

            assertThat(held.status()).isEqualTo(429);
            assertThat(held.body()).contains("Wait a minute");
            assertThat(house.homeAssistant().record().requests()).isEmpty();
            clock.advance(Duration.ofMinutes(1));
            redeem(house, answer(caller, asked, code(house, greta)));
        }
    }

    /// The password was right: a stranger's guesses at the name hold up nobody's code.
    @Test
    void codesAreNotCountedForTheName() {
        TestHouse house = logins.house();
        HomeUser greta = greta(house);
        house.homeAssistant().enableTotp(greta.id());
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer asked = signIn(caller, house, "correct horse");
            for (int i = 0; i < 10; i++) {
                try (HouseBrowser stranger = new HouseBrowser(house, "203.0.113." + (100 + i))) {
                    signIn(stranger, house, "guess " + i);
                }
            }
            redeem(house, answer(caller, asked, code(house, greta)));
        }
    }

    @Test
    void wrongCodesAfterTheProviderBanNeitherTheHouseholdNorTheGateway() {
        for (boolean trusted : List.of(true, false)) {
            TestHouse house =
                    logins.house(
                            LocalLogin.OFF,
                            HomeOptions.defaults()
                                    .withForwardedHeadersTrusted(trusted)
                                    .withLoginAttemptsMax(3));
            house.provider().signInAutomaticallyAs("ben");
            try (HouseBrowser caller = new HouseBrowser(house, AT_HOME)) {
                redeem(house, arrive(caller, house));
                String ben = house.homeAssistant().userNamed("Ben").orElseThrow().id();
                house.homeAssistant().enableTotp(ben);
                for (int i = 0; i < 4; i++) {
                    Answer again = arrived(caller, arrive(caller, house), "000000");
                    assertThat(again.body()).contains("That code was not right");
                    arrived(caller, again, "000000");
                }

                Answer asked = arrive(caller, house);
                redeem(house, arrived(caller, asked, house.homeAssistant().totpCode(ben)));
            }
            logins.close();
        }
    }

    /// Attack: codes are tried at one door after the other.
    @Test
    void codesAreCountedForTheUserWhateverTheWayIn() {
        TestHouse house =
                new TestHouse(
                        Plan.USUAL.changed(
                                SignInChange.of(
                                        new SignInConfig(
                                                LocalLogin.ON,
                                                Linking.OFFER,
                                                false,
                                                Defaults.SIGN_IN.apps(),
                                                Defaults.BREAK_GLASS,
                                                List.of()),
                                        NETWORK)));
        logins.closeLater(house);
        HomeUser greta = greta(house);
        try (HouseBrowser byProvider = new HouseBrowser(house, AT_HOME);
                HouseBrowser byPassword = new HouseBrowser(house, AT_HOME)) {
            house.provider().signInAutomaticallyAs("ben");
            // The page offers both ways.
            Answer link =
                    goOn(
                            byProvider,
                            house,
                            byProvider.get(providerIn(signInPage(byProvider, house))));
            redeem(
                    house,
                    byProvider.post(
                            "/auth/vestibule/local/link",
                            Map.of(
                                    "choice", link.hidden("choice"),
                                    "username", "greta",
                                    "password", "correct horse")));
            house.homeAssistant().enableTotp(greta.id());
            for (int flow = 0; flow < 5; flow++) {
                Answer asked = byProvider.follow(byProvider.get(house.authorizeAddress()));
                arrived(byProvider, arrived(byProvider, asked, "000000"), "000000");
            }
            Answer asked = signIn(byPassword, house, "correct horse");
            house.homeAssistant().record().clear();

            Answer refused = answer(byPassword, asked, code(house, greta));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("Too many codes");
            assertThat(house.homeAssistant().record().contains(code(house, greta))).isFalse();
        }
    }

    private static String providerIn(Answer page) {
        return page.body()
                .replaceAll("(?s).*?href=\"([^\"]*/auth/vestibule/sign-in/[^\"]*)\".*", "$1")
                .replace("&amp;", "&");
    }

    /// By the provider, up to where a second factor is asked for, or back.
    private static Answer arrive(HouseBrowser caller, TestHouse house) {
        return goOn(caller, house, caller.get(house.authorizeAddress()));
    }

    private static Answer goOn(HouseBrowser caller, TestHouse house, Answer from) {
        Answer answer = from;
        while (!answer.location().isEmpty() && !answer.location().startsWith(house.landing())) {
            answer = caller.get(URI.create(answer.location()));
        }
        return answer;
    }

    private static Answer arrived(HouseBrowser caller, Answer asked, String code) {
        return caller.post(
                "/auth/vestibule/mfa",
                Map.of("question", asked.hidden("question"), "answer", code));
    }
}
