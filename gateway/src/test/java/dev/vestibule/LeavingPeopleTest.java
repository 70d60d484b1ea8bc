package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.leave.Although;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.provisioning.PersonalAccess;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// What becomes of each kind of person when the operator takes the gateway away.
class LeavingPeopleTest {

    private static final String DELETE = "config/auth_provider/homeassistant/delete";
    private static final String PHONE = "https://home-assistant.io/android";
    private static final InetAddress ITS_PLACE = InetAddress.ofLiteral("127.0.0.7");

    private final VisitorBrowser adas = new VisitorBrowser();
    private final VisitorBrowser bens = new VisitorBrowser();
    private TestHouse house = new TestHouse();
    private LeavingHouse leaving = new LeavingHouse(house);

    @AfterEach
    void close() {
        adas.close();
        bens.close();
        leaving.close();
    }

    private void move(TestHouse another) {
        leaving.close();
        house = another;
        leaving = new LeavingHouse(house);
    }

    private HomeAssistantUsers usersByHand() {
        return house.gateway().homes().getFirst().homeAssistant().users();
    }

    private void linkBenToCarol(HomeUser carol) {
        house.signIn(bens, "ben");
        house.link("ben", carol.id());
        house.signIn(bens, "ben");
    }

    private void leaveUntilTheCredentialsGo() {
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();
    }

    private void comeBack() {
        String token = house.homeAssistant().longLivedToken(leaving.owner().id(), "another");
        assertThat(leaving.operator().comeBack("home")).isInstanceOf(ControlOutcome.Done.class);
        house.restartGateway(config -> TokenChange.to(config, token));
    }

    /// They got the user of somebody who was shut out; only a sign-in of theirs opens it.
    @Test
    void whoMayComeInAndHasNotSignedInSinceStaysOffAndIsSaidSo() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        linkBenToCarol(carol);
        remove("ben");
        await(() -> !leaving.user("Carol").isActive());
        try (VisitorBrowser vics = new VisitorBrowser()) {
            house.signIn(vics, "vic");
        }
        house.link("vic", carol.id());

        String plan = LeavingHouse.text(leaving.operator().plan(""));
        LeaveReport report = leaving.leaveDone();

        assertThat(plan).contains("have not signed in since they were let in again or linked");
        assertThat(LeavingHouse.text(report)).doesNotContain("Shut out");
        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("Carol").isActive()).isFalse();
    }

    private void remove(String username) {
        assertThat(new OperatorCommands(house.gateway()).remove(username))
                .isInstanceOf(ControlOutcome.Done.class);
    }

    /// A second factor keeps the gateway from ending old tokens, so only a sign-in opens the user.
    @Test
    void anOwnerWhoWasLetInAgainIsAskedToSignInFirst() {
        house.signIn(adas, "ada");
        house.signIn(bens, "ben");
        var _ = house.homeAssistant().signInDirectly("owner", "owner-password", PHONE);
        house.link("ben", leaving.owner().id());
        house.signIn(bens, "ben");
        house.homeAssistant().enableTotp(leaving.owner().id());
        house.suspend("ben");
        house.restore("ben");

        LeaveReport report = leaving.leave();

        assertThat(report.isDone()).isFalse();
        assertThat(LeavingHouse.text(report))
                .contains(
                        "Ben (ben), there \"Owner\": until they sign in once more",
                        "Nothing was changed");
    }

    @Test
    void whomNoProviderVouchesForGetsNoLogin() {
        move(
                new TestHouse(
                        new LivenessConfig(
                                true,
                                Duration.ofMillis(200),
                                Duration.ofDays(7),
                                DisablementProof.WHEN_SAID,
                                true)));
        house.signIn(adas, "ada");
        house.signIn(bens, "ben");
        house.provider().signOut("ben");
        await(() -> house.isAudited("ProofEnded"));
        var database = house.gateway().facts().adoption().database();
        database.change(tx -> tx.execute("UPDATE liveness_proof SET proven_at = 0"));
        var proofs = house.gateway().facts().proofs();
        var ben = house.account("ben").id();
        await(() -> database.<Boolean>read(handle -> proofs.isLapsed(handle, ben)));

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("Ben").isActive()).isFalse();
        leaving.expectNothingOfOurs();
    }

    private void moveToAHouseWithATablet() {
        move(new TestHouse(Plan.USUAL.changed(Tablets.named("hallway", "127.0.0.7"))));
        house.signIn(adas, "ada");
        try (VisitorBrowser tablet = new VisitorBrowser(ITS_PLACE)) {
            tablet.walk(house.authorizeAddress(), house.landing());
        }
    }

    @Test
    void aWallTabletGetsALoginOfItsOwn() {
        moveToAHouseWithATablet();

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada", "hallway");
        leaving.expectIn(leaving.user("hallway"), "hallway", leaving.password("hallway"));
    }

    @Test
    void aTabletThatIsNotInTheConfigurationAnyMoreGetsNone() {
        moveToAHouseWithATablet();
        house.restartGateway(SignInChange.of(LeavingPeopleTest::withoutTablets));

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("hallway").isActive()).isFalse();
    }

    private static SignInConfig withoutTablets(SignInConfig signIn) {
        return new SignInConfig(
                signIn.localLogin(),
                signIn.linking(),
                signIn.passkeys(),
                signIn.apps(),
                signIn.breakGlass(),
                List.of());
    }

    @Test
    void whoWasRemovedGetsNoLoginAndTheirOwnUserIsOff() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        linkBenToCarol(carol);
        remove("ben");

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("Carol").isActive()).isFalse();
        leaving.expectNothingOfOurs();
    }

    @Test
    void whoseOwnLoginWasTakenAwayGetsOneAndTheirGroupsBackThoughItTakesTwoTries() {
        linkBenToCarol(leaving.addCarol("system-admin"));
        house.signIn(adas, "ada");
        house.homeAssistant().removeCredential("carol");
        leaveUntilTheCredentialsGo();

        LeaveReport report = leaving.leaveDone();

        assertThat(LeavingHouse.text(report))
                .contains("Ben (ben), there \"Carol\": ben")
                .doesNotContain("keep their own login");
        assertThat(leaving.user("Carol").usernames()).containsExactly("ben");
        assertThat(leaving.user("Carol").groups()).containsExactly("system-admin");
        assertThat(leaving.handedOut()).containsOnlyKeys("ada", "ben");
    }

    /// The user was made for Ben, who was given another one; nobody could ever sign in as it since.
    @Test
    void whoWasLinkedToAUserWithoutAnyCredentialGetsALogin() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        house.signIn(bens, "ben");
        HomeUser made = leaving.user("Ben");
        house.link("ben", carol.id());
        await(() -> leaving.user("Ben").usernames().isEmpty());
        try (VisitorBrowser vics = new VisitorBrowser()) {
            house.signIn(vics, "vic");
        }
        house.link("vic", made.id());

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada", "vic");
        leaving.expectIn(made, "vic", leaving.password("vic"));
    }

    /// Ben was made less than Carol had been; then the user went to Vic.
    @Test
    void aUserWhoChangedHandsGetsTheGroupsOfBeforeTheFirstOfThem() {
        HomeUser carol = leaving.addCarol("system-admin");
        linkBenToCarol(carol);
        assertThat(leaving.user("Carol").groups()).containsExactly("system-users");
        remove("ben");
        await(() -> !leaving.user("Carol").isActive());
        try (VisitorBrowser vics = new VisitorBrowser()) {
            house.signIn(vics, "vic");
            house.link("vic", carol.id());
            house.signIn(vics, "vic");
        }

        LeaveReport report = leaving.leaveDone();

        assertThat(LeavingHouse.text(report))
                .contains("Vic (vic), there \"Carol\": from [system-read-only] to [system-admin]");
        assertThat(leaving.user("Carol")).isEqualTo(carol);
    }

    /// Attack: the user was made for Ada, an administrator, who was given another one. Whoever gets
    /// it then was never an administrator.
    @Test
    void aUserOfOurMakingBringsNobodyTheRightsOfWhomeverItWasMadeFor() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        HomeUser made = leaving.user("Ada");
        assertThat(made.groups()).containsExactly("system-admin");
        house.link("ada", carol.id());
        house.signIn(bens, "ben");
        house.link("ben", made.id());
        house.signIn(bens, "ben");

        leaving.leaveDone();

        assertThat(leaving.user("Ada").groups()).containsExactly("system-users");
        leaving.expectIn(made, "ben", leaving.password("ben"));
    }

    /// As above: a credential of before that waits to be removed is no login of hers either.
    @Test
    void whatStillWaitsToBeRemovedFromAUserBringsNobodyRights() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        HomeUser made = leaving.user("Ada");
        house.provider().addPerson(Person.of("ann", "Ann").withGroups("admins"));
        house.signIn(bens, "ann");
        house.restartGateway(standstill());
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
        house.link("ada", carol.id());
        house.link("ann", made.id());
        house.signIn(bens, "ann");
        assertThat(leaving.user("Ada").usernames()).hasSize(2);
        house.provider().addPerson(Person.of("ann", "Ann").withGroups("family"));
        try (VisitorBrowser another = new VisitorBrowser()) {
            house.signIn(another, "ann");
        }
        assertThat(leaving.user("Ada").groups()).containsExactly("system-users");
        house.homeAssistant().faults().clear();

        leaving.leaveDone();

        assertThat(leaving.user("Ada").groups()).containsExactly("system-users");
        leaving.expectIn(made, "ann", leaving.password("ann"));
    }

    /// Attack: somebody activates the user by hand afterwards.
    @Test
    void whoIsShutOutIsNoAdministratorByTheGatewayAnyMore() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        house.link("ada", carol.id());
        house.signIn(adas, "ada");
        assertThat(leaving.user("Carol").groups()).containsExactly("system-admin");
        house.provider().addPerson(Person.of("ann", "Ann").withGroups("admins"));
        house.signIn(bens, "ann");
        house.suspend("ada");

        LeaveReport report = leaving.leaveDone();

        assertThat(LeavingHouse.text(report))
                .contains("Ada (ada), there \"Carol\": from [system-admin] to [system-users]");
        assertThat(leaving.user("Carol").isActive()).isFalse();
        assertThat(leaving.user("Carol").groups()).containsExactly("system-users");
    }

    @Test
    void whoIsShutOutGetsNoRightsBack() {
        linkBenToCarol(leaving.addCarol("system-admin"));
        house.suspend("ben");

        leaving.leaveDone();

        assertThat(leaving.user("Carol").isActive()).isFalse();
        assertThat(leaving.user("Carol").groups()).containsExactly("system-users");
    }

    @Test
    void whoIsShutOutBetweenTwoTriesLosesTheLoginThatTheFirstGave() {
        house.signIn(bens, "ben");
        house.signIn(adas, "ada");
        leaveUntilTheCredentialsGo();
        assertThat(leaving.handedOut()).containsKey("ben");
        house.suspend("ben");

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(leaving.user("Ben").isActive()).isFalse();
        assertThat(leaving.user("Ben").usernames()).isEmpty();
    }

    @Test
    void rightsThatPeopleGetBackAreToldApart() {
        linkBenToCarol(leaving.addCarol("system-admin"));

        assertThat(LeavingHouse.text(leaving.operator().plan("")))
                .contains("ADMINISTRATORS again")
                .contains("Ben (ben), there \"Carol\": from [system-users] to [system-admin]");
    }

    @Test
    void whomTheHouseDemotedMeanwhileASecondLeavingDoesNotRaiseAgain() {
        linkBenToCarol(leaving.addCarol("system-admin"));
        leaving.leaveDone();
        assertThat(leaving.user("Carol").groups()).containsExactly("system-admin");
        comeBack();
        assertThat(usersByHand().setGroups(leaving.user("Carol").id(), Set.of("system-users")))
                .isInstanceOf(UserUpdate.Updated.class);
        house.signIn(bens, "ben");

        leaving.leaveDone();

        assertThat(leaving.user("Carol").groups()).containsExactly("system-users");
    }

    @Test
    void anAdministratorByTheGatewayAloneCannotRunTheHouseAfterwards() {
        HomeUser carol = leaving.addCarol("system-users");
        house.homeAssistant().removeCredential("owner");
        house.signIn(adas, "ada");
        house.link("ada", carol.id());
        house.signIn(adas, "ada");
        assertThat(leaving.user("Carol").groups()).containsExactly("system-admin");

        LeaveReport report = leaving.leave();

        assertThat(report.isDone()).isFalse();
        assertThat(LeavingHouse.text(report)).contains("no administrator could sign in");
        assertThat(house.gateway().homes().getFirst().leaving().state())
                .isInstanceOf(HomeState.Served.class);
    }

    /// For the user's old tokens the gateway acts as them, by a credential of its own.
    @Test
    void whatTheFormerHolderOfAUserWasGivenGoesWhenTheUserIsLinked() {
        HomeUser carol = leaving.addCarol("system-users");
        Tokens ofBefore = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        assertThat(house.refresh(bens, ofBefore.refreshToken(), PHONE).status()).isEqualTo(200);
        GatewayHome home = house.gateway().homes().getFirst();
        var holder =
                house.gateway().facts().homeUsers().accountOf(home.id(), carol.id()).orElseThrow();
        assertThat(home.signIn().actAs(holder, house.clientId()))
                .isInstanceOf(PersonalAccess.Given.class);
        assertThat(leaving.user("Carol").usernames()).hasSize(2);
        house.signIn(bens, "ben");

        house.link("ben", carol.id());

        await(() -> leaving.user("Carol").usernames().equals(List.of("carol")));
    }

    /// Home Assistant removes nothing while Ada is linked, and nobody here has the credential
    /// since: that it is to go is not forgotten.
    @Test
    void aCredentialThatWasNotRemovedWhenItsPersonWasLinkedIsRemovedBeforeTheHouseIsLeft() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        house.signIn(bens, "ben");
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
        house.link("ada", carol.id());
        house.restartGateway();
        assertThat(leaving.user("Ada").usernames()).hasSize(1);
        assertThat(LeavingHouse.text(leaving.operator().plan("")))
                .contains("nobody's any more, and without a login")
                .doesNotContain("Hidden credentials of nobody here");
        house.homeAssistant().faults().clear();

        leaving.leaveDone();

        assertThat(leaving.user("Ada").usernames()).isEmpty();
        leaving.expectNothingOfOurs();
    }

    /// The former holder's credential is the first that Home Assistant shows of the user, and
    /// looked like a login of Vic's own.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatStillWaitsToBeRemovedFromAUserIsNotTakenForTheirOwnLogin(boolean signsInSince) {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(bens, "ben");
        HomeUser made = leaving.user("Ben");
        try (VisitorBrowser vics = new VisitorBrowser()) {
            house.signIn(vics, "vic");
            house.restartGateway(standstill());
            house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
            house.link("ben", carol.id());
            house.link("vic", made.id());
            if (signsInSince) {
                house.signIn(vics, "vic");
            }
        }
        await(() -> outbox().list().stream().allMatch(one -> one.attempts() > 0));
        String plan = LeavingHouse.text(leaving.operator().plan(""));
        String refused = LeavingHouse.text(leaving.leave());
        house.homeAssistant().faults().clear();
        assertThat(outbox().list()).as("waits still").hasSize(2);

        leaving.leaveDone();

        assertThat(plan).contains("get a login of their own:\nVic (vic), there \"Ben\": vic");
        assertThat(refused).contains("is not removed (unknown_error)");
        assertThat(leaving.handedOut()).containsOnlyKeys("vic");
        leaving.expectIn(made, "vic", leaving.password("vic"));
        leaving.expectNothingOfOurs(
                house.homeAssistant().refreshTokenIds(made.id()).toArray(String[]::new));
    }

    /// What Home Assistant did not do once is not tried again meanwhile.
    private static InstantSource standstill() {
        return InstantSource.fixed(Instant.now());
    }

    private Outbox outbox() {
        return house.gateway().facts().outbox();
    }

    @Test
    void whileTheHouseIsBeingLeftNoUserChangesHands() {
        HomeUser carol = leaving.addCarol("system-users");
        house.signIn(adas, "ada");
        house.signIn(bens, "ben");
        leaveUntilTheCredentialsGo();

        ControlOutcome linked = new OperatorCommands(house.gateway()).link("ben", "", carol.id());

        assertThat(linked).isInstanceOf(ControlOutcome.Refused.class);
        leaving.leaveDone();
        leaving.expectNothingOfOurs();
        assertThat(leaving.user("Carol")).isEqualTo(carol);
    }

    @Test
    void oneOfTwoHomesIsLeftAndTheOtherOneNextWithoutTouchingItAgain() {
        move(TestHouse.withACabin());
        house.signIn(adas, "ada");
        LeaveReport first = leaving.operator().leave("home", Although.NOTHING);
        assertThat(first.isDone()).as(LeavingHouse.text(first)).isTrue();
        assertThat(stateOfTheCabin()).isInstanceOf(HomeState.Served.class);
        String token = house.homeAssistant().longLivedToken(leaving.owner().id(), "another");
        house.restartGatewayWithoutWaiting(config -> TokenChange.to(config, token));
        await(
                () ->
                        house.gateway().homes().getLast().homeAssistant().status()
                                instanceof HomeAssistantStatus.Connected);

        LeaveReport second = leaving.leaveDone();

        assertThat(LeavingHouse.text(second))
                .contains("Home 'home' was left at", "Home 'cabin' is left.");
        assertThat(stateOfTheCabin()).isInstanceOf(HomeState.Left.class);
        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
    }

    private HomeState stateOfTheCabin() {
        return house.gateway().homes().getLast().leaving().state();
    }
}
