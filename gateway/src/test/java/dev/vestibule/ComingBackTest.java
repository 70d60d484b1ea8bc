package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Whoever changes their mind about leaving gets everybody back as they were.
class ComingBackTest {

    private static final String DELETE = "config/auth_provider/homeassistant/delete";

    private final TestHouse house = new TestHouse();
    @AutoClose private final LeavingHouse leaving = new LeavingHouse(house);
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    @AutoClose private final VisitorBrowser other = new VisitorBrowser();

    @Test
    void whoeverChangesTheirMindComesBackAndEverybodyIsInAgain() {
        house.signIn(browser, "ada");
        HomeUser ada = leaving.user("Ada");
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();

        assertThat(leaving.operator().comeBack("")).isInstanceOf(ControlOutcome.Done.class);
        house.restartGateway();
        await(leaving::isConnected);

        GatewayHouse.SignedIn again = house.signIn(other, "ada");
        assertThat(house.get(other, "/api/config", again.accessToken()).status()).isEqualTo(200);
        assertThat(leaving.user("Ada").id()).isEqualTo(ada.id());
        assertThat(house.isAudited("HomeReturned")).isTrue();
        leaving.leaveDone();
        assertThat(leaving.files()).hasSize(1);
        leaving.expectIn(ada, "ada", leaving.password("ada"));
    }

    @Test
    void whoComesBackAfterAllIsTheSamePersonWithAnotherToken() {
        house.signIn(browser, "ada");
        HomeUser ada = leaving.user("Ada");
        HomeUser owner = leaving.owner();
        leaving.leaveDone();
        String password = leaving.password("ada");
        String token = house.homeAssistant().longLivedToken(owner.id(), "another");
        assertThat(leaving.operator().comeBack("home")).isInstanceOf(ControlOutcome.Done.class);

        house.restartGateway(config -> TokenChange.to(config, token));

        GatewayHouse.SignedIn again = house.signIn(other, "ada");
        assertThat(house.get(other, "/api/config", again.accessToken()).status()).isEqualTo(200);
        assertThat(leaving.user("Ada").id()).isEqualTo(ada.id());
        leaving.expectIn(ada, "ada", password);
        LeaveReport second = leaving.leaveDone();
        assertThat(LeavingHouse.text(second)).contains("have a login of their own already");
        assertThat(leaving.user("Ada").usernames()).containsExactly("ada");
    }

    @Test
    void whereNothingWasLeftThereIsNothingToComeBackTo() {
        assertThat(leaving.operator().comeBack("")).isInstanceOf(ControlOutcome.Refused.class);
        assertThat(leaving.operator().plan("nowhere").isDone()).isFalse();
    }
}
