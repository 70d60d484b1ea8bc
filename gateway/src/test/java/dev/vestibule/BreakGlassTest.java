package dev.vestibule;

import static dev.vestibule.LocalLogins.AT_HOME;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.NETWORK;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.EmergencyControl;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The code of the console, and everybody who would like to have it. What must not outlive the
/// session that it opens is in [NothingOutlivesAnEmergencyTest].
class BreakGlassTest {

    private static final String PATH = "/auth/vestibule/break-glass";
    private static final String WRONG = "0000-".repeat(8);

    private TestHouse house = house(NETWORK);

    private static TestHouse house(NetworkConfig network) {
        return new TestHouse(
                Plan.USUAL.changed(
                        SignInChange.of(LocalLogins.localLogin(LocalLogin.OFF), network)));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private EmergencyControl console() {
        return house.gateway().commands().emergency();
    }

    private String newCode() {
        return code(console().breakGlass("", false));
    }

    private static String code(ControlOutcome outcome) {
        if (outcome instanceof ControlOutcome.NewToken(var code, _)) {
            return code.reveal();
        }
        throw new AssertionError("no code: " + outcome);
    }

    private Answer type(HouseBrowser browser, String code) {
        return browser.post(PATH, Map.of("code", code));
    }

    private static VisitorBrowser clientAtHome() {
        VisitorBrowser client = new VisitorBrowser();
        client.carry("X-Forwarded-For", AT_HOME);
        return client;
    }

    /// What the front end then gets for the session.
    private SignedIn tokens(HouseBrowser browser) {
        Answer back = browser.follow(browser.get(house.authorizeAddress()));
        assertThat(back.location()).as(back.body()).contains("code=");
        try (VisitorBrowser client = clientAtHome()) {
            return house.redeem(client, back.location().replaceAll(".*[?&]code=([^&]+).*", "$1"));
        }
    }

    private VisitorBrowser.Answer refresh(SignedIn tokens) {
        try (VisitorBrowser client = clientAtHome()) {
            return house.refresh(client, tokens.refreshToken(), house.clientId());
        }
    }

    @Test
    void aCodeOfTheConsoleOpensTheHouseToAnAdministratorWhileTheProviderIsAway() {
        house.provider().close();
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            assertThat(browser.get(PATH).body()).contains("name=\"code\"");

            Answer in = type(browser, newCode());

            assertThat(in.location()).isEqualTo(house.at("/").toString());
            SignedIn tokens = tokens(browser);
            assertThat(refresh(tokens).status()).isEqualTo(200);
            HomeUser user =
                    house.homeAssistant().userNamed("Emergency administrator").orElseThrow();
            assertThat(user.groups()).containsExactly("system-admin");
            assertThat(house.account("break-glass").origin()).isEqualTo(AccountOrigin.BREAK_GLASS);
            assertThat(house.isAudited("BreakGlassUsed")).isTrue();
        }
    }

    @Test
    void aCodeWorksOnce() {
        String code = newCode();
        try (HouseBrowser first = new HouseBrowser(house, AT_HOME);
                HouseBrowser second = new HouseBrowser(house, AT_HOME)) {
            type(first, code);

            assertThat(type(second, code).status()).isEqualTo(403);
            assertThat(second.isSignedIn()).isFalse();
        }
    }

    @Test
    void aSecondCodeEndsTheFirst() {
        String first = newCode();
        String second = newCode();
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            assertThat(type(browser, first).status()).isEqualTo(403);
            type(browser, second);
            assertThat(browser.isSignedIn()).isTrue();
        }
    }

    @Test
    void aCodeMayBeTypedAsPeopleType() {
        String code = newCode();
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            type(browser, " " + code.toLowerCase(Locale.ROOT).replace('-', ' '));
            assertThat(browser.isSignedIn()).isTrue();
        }
    }

    /// Attack: whoever is in the house, or anywhere where a code works anywhere, switches emergency
    /// access off by trying.
    @Test
    void nobodysWrongCodesEndTheRightOne() {
        String code = newCode();
        String wrong = wrong(code);
        try (HouseBrowser stranger = new HouseBrowser(house, AT_HOME);
                HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            for (int i = 0; i < 10; i++) {
                assertThat(type(stranger, wrong).status()).isEqualTo(403);
            }
            assertThat(type(stranger, wrong).status()).isEqualTo(429);

            type(browser, code);

            assertThat(browser.isSignedIn()).as("from the same address").isTrue();
            assertThat(house.isAuditedFor("break-glass-wrong-code")).isTrue();
        }
    }

    @Test
    void theFormTellsNobodyWhetherACodeWaits() {
        try (HouseBrowser away = new HouseBrowser(house, AWAY);
                HouseBrowser atHome = new HouseBrowser(house, AT_HOME)) {
            Answer before = away.get(PATH);
            Answer wrongBefore = type(away, WRONG);
            String code = code(console().breakGlass("", true));

            assertThat(away.get(PATH)).isEqualTo(before);
            assertThat(atHome.get(PATH)).isEqualTo(before);
            assertThat(type(away, WRONG)).isEqualTo(wrongBefore);
            newCode();
            assertThat(away.get(PATH)).isEqualTo(before);
            assertThat(type(away, code)).isEqualTo(wrongBefore);
            assertThat(before.status()).isEqualTo(200);
            assertThat(wrongBefore.status()).isEqualTo(403);
        }
    }

    private static String wrong(String code) {
        return (code.charAt(0) == '7' ? "8" : "7") + code.substring(1);
    }

    @Test
    void howeverManyComeAtOnceOneComesIn() throws Exception {
        String code = newCode();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tries =
                    IntStream.range(0, 8)
                            .<Callable<Boolean>>mapToObj(
                                    i ->
                                            () -> {
                                                try (HouseBrowser browser =
                                                        new HouseBrowser(
                                                                house, "192.168.1." + (30 + i))) {
                                                    type(browser, code);
                                                    return browser.isSignedIn();
                                                }
                                            })
                            .toList();
            int in = 0;
            for (Future<Boolean> one : all.invokeAll(tries)) {
                in += one.get() ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
    }

    @Test
    void aCodeRunsOut() {
        TestClock clock = new TestClock(Instant.now());
        house.restartGateway(clock);
        String code = newCode();
        clock.advance(Duration.ofMinutes(15));
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            assertThat(type(browser, code).status()).isEqualTo(403);
            assertThat(browser.isSignedIn()).isFalse();
        }
    }

    @Test
    void aCodeDoesNotWorkFromElsewhere() {
        String code = newCode();
        try (HouseBrowser away = new HouseBrowser(house, AWAY);
                HouseBrowser atHome = new HouseBrowser(house, AT_HOME)) {
            Answer refused = type(away, code);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("From home only");
            assertThat(away.isSignedIn()).isFalse();

            type(atHome, code);
            assertThat(atHome.isSignedIn()).isTrue();
        }
    }

    @Test
    void behindAProxyThatIsNotListedNobodyIsAtHome() {
        house.close();
        house = house(new NetworkConfig(List.of(), List.of(LocalLogins.cidr("127.0.0.1"))));
        String code = newCode();
        try (HouseBrowser browser = new HouseBrowser(house, "127.0.0.1")) {
            assertThat(type(browser, code).status()).isEqualTo(403);
            assertThat(browser.isSignedIn()).isFalse();
        }
    }

    @Test
    void theConsoleMaySayThatACodeWorksAnywhere() {
        String code = code(console().breakGlass("", true));
        try (HouseBrowser browser = new HouseBrowser(house, AWAY)) {
            type(browser, code);
            assertThat(browser.isSignedIn()).isTrue();
        }
    }

    @Test
    void whereNoNetworkIsListedTheConsoleSaysSo() {
        house.close();
        house = house(Defaults.NETWORK);

        assertThat(console().breakGlass("", false))
                .isInstanceOfSatisfying(
                        ControlOutcome.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("--anywhere"));
    }

    @Test
    void aFormOnAnotherSiteOpensNothing() {
        String code = newCode();
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME).onForeignPage()) {
            assertThat(type(browser, code).status()).isEqualTo(403);
            assertThat(browser.isSignedIn()).isFalse();
        }
    }

    @Test
    void whatItOpenedEndsByItselfWithEverythingThatCameOfIt() {
        TestClock clock = new TestClock(Instant.now());
        house.restartGateway(clock);
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            type(browser, newCode());
            SignedIn tokens = tokens(browser);
            assertThat(refresh(tokens).status()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(15));

            house.gateway().sweep();

            assertThat(refresh(tokens).status()).isEqualTo(400);
            Answer again = browser.get(house.authorizeAddress());
            assertThat(again.location()).doesNotContain("code=");
            HomeUser user =
                    house.homeAssistant().userNamed("Emergency administrator").orElseThrow();
            Eventually.await(() -> house.homeAssistant().refreshTokenIds(user.id()).isEmpty());
        }
    }

    @Test
    void theEmergencyAdministratorIsNobodysLastAdministrator() {
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME);
                VisitorBrowser ada = new VisitorBrowser()) {
            type(browser, newCode());
            house.signIn(ada, "ada");
            Account only = house.account("ada");

            assertThat(
                            house.gateway()
                                    .facts()
                                    .lifecycle()
                                    .suspend(
                                            only.id(),
                                            SuspendedBy.OPERATOR,
                                            OperatorCommands.CAUSE))
                    .isInstanceOf(SuspendResult.LastAdministrator.class);
            assertThat(
                            house.gateway()
                                    .facts()
                                    .lifecycle()
                                    .suspend(
                                            house.account("break-glass").id(),
                                            SuspendedBy.OPERATOR,
                                            OperatorCommands.CAUSE))
                    .isInstanceOf(SuspendResult.Suspended.class);
        }
    }

    @Test
    void aCodeShowsInNoLog() {
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        seen.start();
        root.addAppender(seen);
        try (HouseBrowser browser = new HouseBrowser(house, AT_HOME)) {
            String code = newCode();
            type(browser, wrong(code));
            type(browser, code);

            assertThat(browser.isSignedIn()).isTrue();
            assertThat(List.copyOf(seen.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(line -> line.contains(code.substring(5)));
            assertThat(List.copyOf(seen.list))
                    .filteredOn(event -> event.getLevel() == Level.ERROR)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.startsWith("event=break-glass-used"));
        } finally {
            root.detachAppender(seen);
        }
    }

    @Test
    void thePasswordFormComesBackForAWhileForBrowsersAtHome() {
        house.close();
        house =
                new TestHouse(
                        Plan.USUAL.changed(
                                SignInChange.of(
                                        LocalLogins.localLogin(LocalLogin.BREAK_GLASS), NETWORK)));
        TestClock clock = new TestClock(Instant.now());
        house.restartGateway(clock);
        try (HouseBrowser atHome = new HouseBrowser(house, AT_HOME);
                HouseBrowser away = new HouseBrowser(house, AWAY)) {
            assertThat(statusOfForm(atHome)).isEqualTo(404);
            assertThat(console().openLocalLogin("", Duration.ofMinutes(15)))
                    .isInstanceOf(ControlOutcome.Done.class);
            assertThat(statusOfForm(atHome)).isEqualTo(400);
            assertThat(statusOfForm(away)).isEqualTo(404);

            clock.advance(Duration.ofMinutes(10));
            house.restartGateway(clock);
            assertThat(statusOfForm(atHome)).isEqualTo(400);

            clock.advance(Duration.ofMinutes(5));
            assertThat(statusOfForm(atHome)).isEqualTo(404);

            console().openLocalLogin("", Duration.ofMinutes(15));
            console().closeLocalLogin("");
            assertThat(statusOfForm(atHome)).isEqualTo(404);
        }
    }

    private static int statusOfForm(HouseBrowser browser) {
        return browser.post("/auth/vestibule/local", Map.of("choice", "x")).status();
    }

    @Test
    void whereLocalLoginIsOffTheConsoleDoesNotBringItBack() {
        assertThat(console().openLocalLogin("", Duration.ofMinutes(15)))
                .isInstanceOf(ControlOutcome.Refused.class);
    }
}
