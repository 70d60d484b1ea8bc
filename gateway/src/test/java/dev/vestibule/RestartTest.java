package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.config.Defaults;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The gateway ends and begins again while people are on their way, with Home Assistant there,
/// slow, or away.
class RestartTest {

    private static final int QUESTIONS_PER_MINUTE = Defaults.LIMITS.tokenQuestionsPerMinute();
    private static final String PHONE = "https://home-assistant.io/android";

    /// Home Assistant answers so slowly that the first connection takes several round trips of
    /// this: whoever comes at once comes before it.
    private static final Duration SLOW = Duration.ofMillis(100);

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    /// Deadlines of the gateway's own stay behind it; Home Assistant dates its tokens by its own.
    @Test
    void aClockThatWasAheadOnceMakesNoTokenDeadOrAskedAboutForEver() {
        house.homeAssistant().addUser("Carol", "carol", "secret", "system-users");
        Tokens phone = house.homeAssistant().signInDirectly("carol", "secret", PHONE);
        String access =
                GatewayHouse.json(house.refresh(browser, phone.refreshToken(), PHONE))
                        .path("access_token")
                        .asText();
        house.restartGateway(InstantSource.offset(InstantSource.system(), Duration.ofHours(2)));
        Eventually.await(this::isClockSaved);
        house.restartGateway();

        for (int request = 0; request < QUESTIONS_PER_MINUTE + 5; request++) {
            assertThat(house.get(browser, "/api/config", access).status())
                    .as("request " + request)
                    .isEqualTo(200);
        }
    }

    private boolean isClockSaved() {
        return house.gateway()
                .facts()
                .peopleToCompare()
                .database()
                .read(
                        handle ->
                                handle.createQuery("SELECT at FROM high_water_mark")
                                        .mapTo(Long.class)
                                        .findOne()
                                        .map(Instant::ofEpochMilli))
                .filter(InstantSource.system().instant().plus(Duration.ofHours(1))::isBefore)
                .isPresent();
    }

    @Test
    void whoSignsInWhileTheGatewayBeginsDoesNotNoticeIt() {
        house.homeAssistant().faults().slow(SLOW);
        beginToConnect();

        SignedIn ben = house.signIn(browser, "ben");

        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void aPhoneThatIsOlderThanTheGatewayDoesNotNoticeItsBeginning() {
        house.homeAssistant().addUser("Carol", "carol", "secret", "system-users");
        Tokens phone = house.homeAssistant().signInDirectly("carol", "secret", PHONE);
        house.homeAssistant().faults().slow(SLOW);

        beginToConnect();
        assertThat(house.refresh(browser, phone.refreshToken(), PHONE).status()).isEqualTo(200);

        beginToConnect();
        assertThat(house.get(browser, "/api/config", phone.accessToken()).status()).isEqualTo(200);

        beginToConnect();
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(phone.accessToken())).isEqualTo("auth_ok");
        }
    }

    /// Begins again, and comes as far as the first question to Home Assistant.
    private void beginToConnect() {
        Ambush first =
                house.homeAssistant().faults().ambush("auth/current_user", Ambush.Moment.BEFORE);
        house.restartGatewayWithoutWaiting();
        first.await();
        assertThat(status()).isInstanceOf(HomeAssistantStatus.Connecting.class);
        first.release();
    }

    @Test
    void whileHomeAssistantIsAwayNobodyWaitsLongAfterABeginning() {
        SignedIn ben = house.signIn(browser, "ben");
        house.homeAssistant().stop();
        house.restartGatewayWithoutWaiting();
        long begun = System.nanoTime();

        Answer signIn = browser.walk(house.authorizeAddress(), house.clientId() + "?auth_callback");
        Answer refreshed = house.refresh(browser, ben.refreshToken(), house.clientId());
        Answer called = house.get(browser, "/api/config", ben.accessToken());

        assertThat(signIn.status()).isEqualTo(503);
        assertThat(refreshed.status()).isEqualTo(503);
        assertThat(called.status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aHomeAssistantThatOnlyTakesConnectionsHoldsNobodyForLong() {
        house.signIn(browser, "ben");
        house.homeAssistant().faults().hang("/api/websocket");
        house.restartGatewayWithoutWaiting();
        long begun = System.nanoTime();

        Answer signIn = browser.walk(house.authorizeAddress(), house.clientId() + "?auth_callback");

        assertThat(signIn.status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    /// Attack: in the first moment nobody knows yet who may come from the house only.
    @Test
    void whoMayComeFromTheHouseOnlyIsNotLetInByAGatewayThatHasJustBegun() {
        SignedIn ben = house.signIn(browser, "ben");
        HomeUser user = house.homeAssistant().userNamed("Ben").orElseThrow();
        house.homeAssistant().setLocalOnly(user.id(), true);
        house.homeAssistant().faults().slow(SLOW);
        beginToConnect();

        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_invalid");
        }
    }

    @Test
    void whileNobodyCanSayWhoMayComeFromTheHouseOnlyASocketIsPutOff() {
        SignedIn ben = house.signIn(browser, "ben");
        house.homeAssistant().faults().failCommand("config/auth/list", "unknown_error");
        house.restartGatewayWithoutWaiting();

        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.show(ben.accessToken());
            assertThat(socket.awaitClose()).isEqualTo(1013);
        }

        house.homeAssistant().faults().clear();
        Eventually.holds(() -> isLetIn(ben), this::status);
    }

    private boolean isLetIn(SignedIn person) {
        try (VisitorSocket socket = house.openSocket(browser)) {
            return socket.authenticate(person.accessToken()).equals("auth_ok");
        } catch (VisitorFailed putOff) {
            return false;
        }
    }

    /// One thing that cannot be learned keeps nothing else back, and is learned later.
    @Test
    void whatCannotBeLearnedAtTheBeginningIsLearnedLater() {
        ScriptedHomeAssistant home =
                ScriptedHomeAssistant.start(HomeOptions.defaults().withPort(LoopbackPort.free()));
        String carol = home.addUser("Carol", "carol", "secret", "system-users").id();
        String webhook = home.registerPhone(carol);
        home.faults().failCommand("config/auth/list", "unknown_error");
        home.faults().failCommand("get_panels", "unknown_error");
        try (TestHouse troubled = new TestHouse(home, Plan.USUAL)) {
            URI hook = troubled.at("/api/webhook/" + webhook);
            URI panel = troubled.at("/lovelace");
            Eventually.holds(() -> call(hook) == 200, () -> call(hook));
            assertThat(browser.get(panel).status()).isNotEqualTo(200);

            home.faults().clear();

            Eventually.holds(
                    () -> browser.get(panel).status() == 200, () -> browser.get(panel).status());
        }
    }

    private int call(URI webhook) {
        return browser.postJson(webhook, "{\"type\":\"get_config\"}").status();
    }

    private HomeAssistantStatus status() {
        return house.gateway().homes().getFirst().homeAssistant().status();
    }
}
