package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

/// What one try to leave could not do, the next one goes on with: nothing is lost, nothing done
/// twice.
class LeavingAgainTest {

    private static final String CREATE = "config/auth_provider/homeassistant/create";
    private static final String DELETE = "config/auth_provider/homeassistant/delete";

    private final TestHouse house = new TestHouse();
    @AutoClose private final LeavingHouse leaving = new LeavingHouse(house);
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    @AutoClose private final VisitorBrowser other = new VisitorBrowser();

    @Test
    void whereHomeAssistantIsAwayNothingBegins() {
        house.signIn(browser, "ada");
        house.homeAssistant().stop();

        LeaveReport report = leaving.leave();

        assertThat(report.isDone()).isFalse();
        assertThat(LeavingHouse.text(report)).contains("is not left yet", "Nothing was changed");
        assertThat(leaving.operator().plan("").isDone()).isFalse();
        assertThat(leaving.state()).isInstanceOf(HomeState.Served.class);
        await(() -> !leaving.isConnected());
        house.homeAssistant().startAgain();
        await(leaving::isConnected);
        leaving.leaveDone();
        leaving.expectIn(leaving.user("Ada"), "ada", leaving.password("ada"));
    }

    /// The process dies right after a step, the first of them once Home Assistant has the login and
    /// nobody here knows.
    @ParameterizedTest
    @ValueSource(strings = {CREATE, DELETE, "config/auth/update"})
    void whatACrashLeftHalfDoneIsGoneOnWith(String lastCommand) {
        HomeUser carol = leaving.addCarol("system-admin");
        house.signIn(other, "ben");
        house.link("ben", carol.id());
        house.signIn(other, "ben");
        house.signIn(browser, "ada");
        house.homeAssistant().faults().cutAfterCommand(lastCommand);
        LeaveReport first = leaving.leave();
        assertThat(first.isDone()).isFalse();
        assertThat(LeavingHouse.text(first)).contains("nothing is lost");
        assertThat(leaving.state()).isInstanceOf(HomeState.Leaving.class);
        house.homeAssistant().faults().clear();
        house.restartGateway();
        await(leaving::isConnected);
        assertThat(browser.get(house.authorizeAddress()).status()).isEqualTo(503);

        leaving.leaveDone();

        assertThat(leaving.files()).hasSize(1);
        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("Ada").usernames()).containsExactly("ada");
        assertThat(leaving.user("Carol")).isEqualTo(carol);
        leaving.expectNothingOfOurs();
        leaving.expectIn(leaving.user("Ada"), "ada", leaving.password("ada"));
    }

    /// Attack, or bad luck: Home Assistant writes a credential at once and to whom it belongs a
    /// moment later. Whoever used one that belongs to nobody would be a fresh administrator.
    @Test
    void aLoginThatHomeAssistantGaveToNobodyIsGivenAnew() {
        house.signIn(browser, "ada");
        house.homeAssistant().faults().failCommand(CREATE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();
        house.homeAssistant().addUnlinkedCredential("ada", leaving.password("ada"));

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        leaving.expectNothingOfOurs();
        leaving.expectIn(leaving.user("Ada"), "ada", leaving.password("ada"));
    }

    /// A door that the database does not know to be shut would open by itself at the next start.
    @Test
    void whereTheDatabaseTakesNoNoteTheDoorStaysOpen() {
        GatewayHouse.SignedIn ada = house.signIn(browser, "ada");
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                tx.execute(
                                        """
                                        CREATE TRIGGER full_disk
                                        BEFORE UPDATE OF leaving_since ON home
                                        BEGIN SELECT RAISE(ABORT, 'full'); END
                                        """));

        assertThatThrownBy(leaving::leave).isInstanceOf(RuntimeException.class);

        assertThat(leaving.state()).isInstanceOf(HomeState.Served.class);
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void passwordsThatWereGivenStayWhenItIsGoneOnWith() {
        house.signIn(browser, "ada");
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        Map<String, String> first = leaving.handedOut();
        house.homeAssistant().faults().clear();

        leaving.leaveDone();

        assertThat(leaving.handedOut()).isEqualTo(first);
        leaving.expectNothingOfOurs();
    }

    /// Nobody waits for what is not done about somebody else, and each try says what remains.
    @Test
    void whatHomeAssistantDoesNotRemoveIsNamedEachTime() {
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        List<String> hidden =
                List.of(
                        leaving.user("Ada").usernames().getFirst(),
                        leaving.user("Ben").usernames().getFirst());
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");

        String first = LeavingHouse.text(leaving.leave());
        String second = LeavingHouse.text(leaving.leave());

        assertThat(List.of(first, second))
                .allSatisfy(said -> assertThat(said).contains(hidden).contains("ada: ", "ben: "));
        assertThat(leaving.handedOut()).containsOnlyKeys("ada", "ben");
        leaving.expectIn(leaving.user("Ben"), "ben", leaving.password("ben"));
        house.homeAssistant().faults().clear();
        leaving.leaveDone();
        leaving.expectNothingOfOurs(
                house.homeAssistant().refreshTokenIds(leaving.user("Ben").id()).getFirst());
    }

    @Test
    void aTokenThatCannotBeEndedIsNamedAndTheNextTryEndsIt() {
        house.signIn(browser, "ada");
        String own = leaving.ownToken();
        house.homeAssistant().faults().failCommand("auth/delete_refresh_token", "unknown_error");

        LeaveReport first = leaving.leave();

        assertThat(first.isDone()).isFalse();
        assertThat(LeavingHouse.text(first))
                .contains("is left", "delete it yourself", "Long-lived access tokens");
        assertThat(leaving.state()).isInstanceOf(HomeState.Left.class);
        leaving.expectNothingOfOurs(own);
        house.homeAssistant().faults().clear();
        house.restartGatewayWithoutWaiting();
        LeaveReport second = leaving.leave();
        assertThat(second.isDone()).as(LeavingHouse.text(second)).isTrue();
        assertThat(LeavingHouse.text(second)).contains("new-logins-home-", "was left before");
        leaving.expectNothingOfOurs();
    }

    @Test
    void aFileThatCannotBeWrittenHoldsUpWhatWouldNeedIt() {
        HomeUser carol = leaving.addCarol("system-admin");
        house.signIn(other, "ben");
        house.link("ben", carol.id());
        house.signIn(other, "ben");
        house.signIn(browser, "ada");
        HomeUser ada = leaving.user("Ada");
        // Ben's groups come before Ada's login, so that it has begun and there is no file yet.
        house.homeAssistant().faults().cutAfterCommand("config/auth/update");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();
        // Until the old connection's end is noticed, it counts as one.
        house.restartGateway();
        await(leaving::isConnected);
        Runnable obstacle = leaving.obstructFile();

        LeaveReport report = leaving.leave();

        assertThat(report.isDone()).isFalse();
        assertThat(LeavingHouse.text(report)).contains("cannot be written", "nothing is lost");
        assertThat(leaving.user("Ada")).isEqualTo(ada);
        obstacle.run();
        leaving.leaveDone();
        leaving.expectIn(ada, "ada", leaving.password("ada"));
    }
}
