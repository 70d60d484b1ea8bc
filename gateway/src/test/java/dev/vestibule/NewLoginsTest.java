package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.leave.Although;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Who gets a login of Home Assistant when the gateway leaves, and under which name.
class NewLoginsTest {

    private static final String CREATE = "config/auth_provider/homeassistant/create";

    private final TestHouse house = new TestHouse();
    @AutoClose private final LeavingHouse leaving = new LeavingHouse(house);
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    @AutoClose private final VisitorBrowser other = new VisitorBrowser();

    @Test
    void whoHasALoginOfTheirOwnGetsNoOther() {
        house.signIn(browser, "ada");
        HomeUser ada = leaving.user("Ada");
        addOwnLogin(ada, "ada.lovelace", "her own");

        LeaveReport report = leaving.leaveDone();

        assertThat(LeavingHouse.text(report)).contains("have a login of their own already");
        assertThat(leaving.files()).isEmpty();
        assertThat(leaving.user("Ada").usernames()).containsExactly("ada.lovelace");
        leaving.expectIn(ada, "ada.lovelace", "her own");
    }

    private void addOwnLogin(HomeUser user, String username, String password) {
        var added =
                house.gateway()
                        .homes()
                        .getFirst()
                        .homeAssistant()
                        .users()
                        .addCredential(user.id(), username, new Secret(password));
        assertThat(added).isInstanceOf(CredentialAddition.Added.class);
    }

    @Test
    void aNameThatSomebodyHasIsNotTakenFromThem() {
        HomeUser another =
                house.homeAssistant().addUser("Another", "ada", "not hers", "system-users");
        house.signIn(browser, "ada");
        house.homeAssistant().record().clear();

        leaving.leaveDone();

        expectNothingTried();
        assertThat(leaving.handedOut()).containsOnlyKeys("ada-2");
        leaving.expectIn(leaving.user("Ada"), "ada-2", leaving.password("ada-2"));
        leaving.expectIn(another, "ada", "not hers");
    }

    /// Home Assistant shows the first user name of each user only. A wrong password is a step
    /// towards its ban of this machine.
    @Test
    void aNameThatSomebodyHasUnseenIsNotTriedEither() {
        HomeUser another =
                house.homeAssistant().addUser("Another", "another", "theirs", "system-users");
        addOwnLogin(another, "ada", "theirs too");
        house.signIn(browser, "ada");
        house.homeAssistant().record().clear();

        leaving.leaveDone();

        expectNothingTried();
        assertThat(leaving.handedOut()).containsOnlyKeys("ada-2");
        leaving.expectIn(another, "ada", "theirs too");
    }

    /// An earlier try may have given the login, so that it is looked whether it opens; not where
    /// the name is seen to be somebody else's.
    @Test
    void aNameThatIsSeenToBeSomebodysIsNotTriedByTheNextTry() {
        house.homeAssistant().addUser("Another", "ada", "not hers", "system-users");
        house.signIn(browser, "ada");
        house.homeAssistant().faults().failCommand(CREATE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();
        house.homeAssistant().record().clear();

        leaving.leaveDone();

        expectNothingTried();
        assertThat(leaving.handedOut()).containsOnlyKeys("ada-2");
    }

    private void expectNothingTried() {
        assertThat(house.homeAssistant().record().requests())
                .noneMatch(request -> request.target().startsWith("/auth/login_flow"));
    }

    @Test
    void whoWasDeletedThereByHandIsPassedOver() {
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.homeAssistant().deleteUser(leaving.user("Ben").id());

        LeaveReport report = leaving.leaveDone();

        assertThat(LeavingHouse.text(report)).contains("Deleted in Home Assistant already");
        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        leaving.expectNothingOfOurs();
    }

    @Test
    void whoWasSwitchedOffThereByHandGetsNoLogin() {
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.homeAssistant().setActive(leaving.user("Ben").id(), false);

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("Ben").isActive()).isFalse();
        leaving.expectNothingOfOurs();
    }

    /// Home Assistant deactivates no owner.
    @Test
    void anOwnerWhoIsShutOutBetweenTwoTriesIsNotSaidToHaveChangedNothing() {
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.link("ben", leaving.owner().id());
        house.signIn(other, "ben");
        house.homeAssistant().faults().failCommand(CREATE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();
        house.suspend("ben");

        LeaveReport second = leaving.leave();

        assertThat(second.isDone()).isFalse();
        assertThat(LeavingHouse.text(second))
                .contains("Ben (ben)", "nothing is lost", "--although-people-come-back")
                .doesNotContain("Nothing was changed");
    }

    /// Home Assistant deactivates no owner.
    @Test
    void anOwnerWhomOnlyTheGatewayKeepsOutHoldsItUp() {
        HomeUser owner = leaving.owner();
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.link("ben", owner.id());
        house.signIn(other, "ben");
        house.suspend("ben");
        await(() -> house.isAudited("Unconverged") || leaving.isTold());

        LeaveReport refused = leaving.leave();

        assertThat(refused.isDone()).isFalse();
        assertThat(LeavingHouse.text(refused)).contains("Ben (ben)", "Nothing was changed");
        assertThat(leaving.state()).isInstanceOf(HomeState.Served.class);
        LeaveReport meant = leaving.operator().leave("", new Although(true, false));
        assertThat(meant.isDone()).as(LeavingHouse.text(meant)).isTrue();
        leaving.expectNothingOfOurs();
    }
}
