package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Role;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.network.Cidr;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// People who sign in with what they have in Home Assistant, through a whole gateway.
class LocalLoginTest {

    static final String AT_HOME = "192.168.1.20";
    static final String AWAY = "203.0.113.7";
    static final NetworkConfig NETWORK =
            new NetworkConfig(List.of(cidr("127.0.0.1")), List.of(cidr("192.168.1.0/24")));
    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final List<TestHouse> open = new ArrayList<>();

    static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    static SignInConfig localLogin(LocalLogin setting) {
        return new SignInConfig(
                setting,
                Linking.OFF,
                false,
                Defaults.SIGN_IN.apps(),
                Defaults.BREAK_GLASS,
                List.of());
    }

    private TestHouse house(LocalLogin setting, HomeOptions options) {
        TestHouse house =
                new TestHouse(
                        ScriptedHomeAssistant.start(options.withPort(LoopbackPort.free())),
                        Plan.USUAL.changed(SignInChange.of(localLogin(setting), NETWORK)));
        open.add(house);
        return house;
    }

    private TestHouse house() {
        return house(LocalLogin.ON, HomeOptions.defaults());
    }

    @AfterEach
    void close() {
        open.forEach(TestHouse::close);
        open.clear();
    }

    private static HomeUser greta(TestHouse house) {
        return house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-users");
    }

    private static Answer signInPage(HouseBrowser caller, TestHouse house) {
        return caller.follow(caller.get(house.authorizeAddress()));
    }

    private static Answer type(HouseBrowser caller, Answer page, String username, String password) {
        return caller.post(
                "/auth/vestibule/local",
                Map.of(
                        "choice", page.hidden("choice"),
                        "username", username,
                        "password", password));
    }

    private static Answer signIn(HouseBrowser caller, TestHouse house, String password) {
        return type(caller, signInPage(caller, house), "greta", password);
    }

    private static SignedIn redeem(TestHouse house, Answer back) {
        assertThat(back.location()).as(back.body()).startsWith(house.landing());
        String code = back.location().replaceAll(".*[?&]code=([^&]+).*", "$1");
        try (VisitorBrowser browser = new VisitorBrowser()) {
            return house.redeem(browser, code);
        }
    }

    private static String userOf(TestHouse house, SignedIn tokens) {
        return house.gateway()
                .homes()
                .getFirst()
                .homeAssistant()
                .tokenProbe()
                .ask(new Secret(tokens.accessToken()), ip("127.0.0.1"))
                .toString();
    }

    static InetAddress ip(String literal) {
        return cidr(literal).network();
    }

    @Test
    void aPersonOfHomeAssistantComesInWithTheirOwnPassword() {
        TestHouse house = house();
        HomeUser greta = greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer page = signInPage(caller, house);
            assertThat(page.body()).contains("name=\"username\"").contains("name=\"password\"");

            Answer back = type(caller, page, "greta", "correct horse");

            assertThat(userOf(house, redeem(house, back))).contains(greta.id());
            assertThat(caller.isSignedIn()).isTrue();
            assertThat(house.account("greta").origin()).isEqualTo(AccountOrigin.LOCAL);
            assertThat(
                            house.gateway()
                                    .accounts()
                                    .roleOf(house.account("greta").id(), Defaults.HOME_NAME))
                    .contains(Role.USER);
        }
    }

    /// Attack: they open any page before the demotion is noticed here.
    @Test
    void whoIsDemotedInHomeAssistantIsNotPromotedByComingBack() {
        TestHouse house = house();
        HomeUser greta =
                house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-admin");
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            redeem(house, signIn(caller, house, "correct horse"));
            house.gateway()
                    .homes()
                    .getFirst()
                    .homeAssistant()
                    .users()
                    .moveTo(greta.id(), HomeAssistantGroup.READ_ONLY);

            assertThat(caller.get(house.authorizeAddress()).location()).contains("code=");

            assertThat(house.homeAssistant().userNamed("Greta").orElseThrow().groups())
                    .containsExactly("system-read-only");
        }
        Eventually.await(
                () ->
                        house.gateway()
                                .accounts()
                                .roleOf(house.account("greta").id(), Defaults.HOME_NAME)
                                .equals(Optional.of(Role.VIEWER)));
    }

    @Test
    void whoComesAgainIsTheSamePerson() {
        TestHouse house = house();
        greta(house);
        try (HouseBrowser first = new HouseBrowser(house, AWAY);
                HouseBrowser second = new HouseBrowser(house, AT_HOME)) {
            redeem(house, signIn(first, house, "correct horse"));
            redeem(house, signIn(second, house, "correct horse"));
        }
        assertThat(house.gateway().accounts().list())
                .filteredOn(account -> account.username().equals("greta"))
                .hasSize(1);
    }

    @Test
    void aSecondFactorIsAskedForOnce() {
        TestHouse house = house();
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
        TestHouse house = house();
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
        TestHouse house = house();
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
        TestHouse house = house();
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
        TestHouse house = house();
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
                    house(
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
            close();
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
        open.add(house);
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

    @Test
    void anUnknownNameAndAWrongPasswordReadAlike() {
        TestHouse house = house();
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
    void aFormOnAnotherSiteIsRefusedBeforeHomeAssistantHearsOfIt() {
        TestHouse house = house();
        greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer page = signInPage(caller, house);
            house.homeAssistant().record().clear();

            Answer refused = type(caller.onForeignPage(), page, "greta", "correct horse");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(house.homeAssistant().record().contains("login_flow")).isFalse();
        }
    }

    @Test
    void offIsOffAtEveryDoor() {
        TestHouse house = house(LocalLogin.OFF, HomeOptions.defaults());
        greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AT_HOME)) {
            house.homeAssistant().record().clear();
            Map<String, String> form =
                    Map.of("choice", "x", "username", "zebra-name", "password", "zebra-secret");

            assertThat(caller.post("/auth/vestibule/local", form).status()).isEqualTo(404);
            assertThat(
                            caller.post(
                                            "/auth/vestibule/local/code",
                                            Map.of("question", "x", "answer", "zebra-code"))
                                    .status())
                    .isEqualTo(404);
            assertThat(caller.post("/auth/vestibule/local/link", form).status()).isIn(403, 404);
            assertThat(caller.post("/auth/login_flow", form).status()).isIn(403, 404);
            assertThat(caller.post("/auth/login_flow/abc", form).status()).isIn(403, 404);
            assertThat(caller.get("/auth/providers").status()).isIn(403, 404);
            assertThat(caller.post("/auth/link_user", form).status()).isIn(403, 404);
            assertThat(house.homeAssistant().record().contains("zebra")).isFalse();
            assertThat(house.homeAssistant().record().contains("/auth/login_flow")).isFalse();
            assertThat(house.homeAssistant().record().contains("/auth/link_user")).isFalse();
        }
    }

    @Test
    void aStrangerCannotLockAPersonOutAtHomeOrWhereTheyHaveBeen() {
        TestHouse house = house();
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
        TestHouse house = house();
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
        TestHouse house = house();
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
        TestHouse house = house(LocalLogin.ON, HomeOptions.defaults().withLoginAttemptsMax(3));
        greta(house);
        tryWrongly(house);
        try (HouseBrowser caller = new HouseBrowser(house, AT_HOME)) {
            redeem(house, signIn(caller, house, "correct horse"));
        }
    }

    @Test
    void wrongPasswordsNeverBanTheGatewayWhereHomeAssistantSeesNobodyElse() {
        TestHouse house =
                house(
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

    @Test
    void whoMayComeFromHomeOnlyDoesNotComeFromElsewhere() {
        for (boolean trusted : List.of(true, false)) {
            TestHouse house =
                    house(
                            LocalLogin.ON,
                            HomeOptions.defaults().withForwardedHeadersTrusted(trusted));
            house.homeAssistant().setLocalOnly(greta(house).id(), true);
            try (HouseBrowser away = new HouseBrowser(house, AWAY);
                    HouseBrowser atHome = new HouseBrowser(house, AT_HOME)) {
                Answer refused = signIn(away, house, "correct horse");
                assertThat(refused.status()).as("trusted: " + trusted).isEqualTo(403);
                assertThat(refused.body()).contains("at home only");
                assertThat(away.isSignedIn()).isFalse();

                signIn(atHome, house, "correct horse");
                assertThat(atHome.isSignedIn()).isTrue();
            }
            close();
        }
    }

    @Test
    void whoIsSwitchedOffInHomeAssistantHearsIt() {
        TestHouse house = house();
        house.homeAssistant().setActive(greta(house).id(), false);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer refused = signIn(caller, house, "correct horse");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("switched off");
        }
    }

    @Test
    void aSuspendedPersonIsOutByThisDoorToo() {
        TestHouse house = house();
        HomeUser greta = greta(house);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            redeem(house, signIn(caller, house, "correct horse"));
            house.gateway()
                    .facts()
                    .lifecycle()
                    .suspend(house.account("greta").id(), SuspendedBy.OPERATOR, CAUSE);
            Eventually.await(
                    () ->
                            !house.homeAssistant().users().stream()
                                    .filter(user -> user.id().equals(greta.id()))
                                    .findFirst()
                                    .orElseThrow()
                                    .isActive());
            house.homeAssistant().setActive(greta.id(), true);
        }
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer refused = signIn(caller, house, "correct horse");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(caller.isSignedIn()).isFalse();
        }
        Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
    }

    @Test
    void whatNobodyFetchesEndsInHomeAssistant() {
        TestHouse house = house();
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

    @Test
    void whatSomebodyGotWhoIsNotLetInForAFaultOfOursEndsInHomeAssistant() {
        TestHouse house = house();
        HomeUser greta = greta(house);
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                tx.execute(
                                        """
                                        CREATE TRIGGER no_session BEFORE INSERT ON session
                                        BEGIN SELECT RAISE(ABORT, 'told to fail'); END
                                        """));
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            assertThat(signIn(caller, house, "correct horse").status()).isEqualTo(503);

            Eventually.await(() -> house.homeAssistant().refreshTokenIds(greta.id()).isEmpty());
        }
    }

    @Test
    void forAPageOfOursNoTokenIsLeftBehind() {
        TestHouse house = house();
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
