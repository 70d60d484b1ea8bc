package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.leave.Although;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The operator takes the gateway away, and Home Assistant is as if it had never been.
class LeavingTest {

    private static final String CREATE = "config/auth_provider/homeassistant/create";
    private static final String DELETE = "config/auth_provider/homeassistant/delete";
    private static final String PHONE = "https://home-assistant.io/android";

    private final TestHouse house = new TestHouse();
    private final LeavingHouse leaving = new LeavingHouse(house);
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser other = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        other.close();
        leaving.close();
    }

    private HomeUser addCarol() {
        return house.homeAssistant().addUser("Carol", "carol", "a password", "system-admin");
    }

    private String ownToken() {
        HomeUser owner = owner();
        return house.homeAssistant().refreshTokenIds(owner.id()).getFirst();
    }

    private boolean isConnected() {
        return house.gateway().homes().getFirst().homeAssistant().status()
                instanceof HomeAssistantStatus.Connected;
    }

    private boolean isTold() {
        return house.gateway().facts().outbox().list().isEmpty();
    }

    private HomeState state() {
        return house.gateway().homes().getFirst().leaving().state();
    }

    @Test
    void everybodySignsInByThemselvesAndHomeAssistantIsAsBefore() {
        HomeUser carol = addCarol();
        Tokens ofBefore = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        String script = house.homeAssistant().longLivedToken(carol.id(), "a script");
        List<HomeUser> before = house.homeAssistant().users();
        List<String> carolsTokens = house.homeAssistant().refreshTokenIds(carol.id());
        house.signIn(browser, "ada");
        house.signIn(other, "vic");
        house.suspend("vic");
        await(this::isTold);
        house.provider().signInAutomaticallyAs("ben");
        VisitorBrowser third = new VisitorBrowser();
        assertThat(house.refresh(third, ofBefore.refreshToken(), PHONE).status()).isEqualTo(200);
        assertThat(house.refresh(third, ofBefore.refreshToken(), PHONE).status()).isEqualTo(200);
        third.close();

        LeaveReport report = leaving.leaveDone();

        Map<String, String> handedOut = leaving.handedOut();
        assertThat(handedOut).containsOnlyKeys("ada");
        HomeUser ada = leaving.user("Ada");
        assertThat(ada.usernames()).containsExactly("ada");
        assertThat(ada.groups()).containsExactly("system-admin");
        assertThat(leaving.user("Vic").isActive()).isFalse();
        assertThat(leaving.user("Vic").usernames()).isEmpty();
        leaving.expectNothingOfOurs(carolsTokens.toArray(String[]::new));
        assertThat(house.homeAssistant().users()).containsAll(before).hasSize(before.size() + 2);
        leaving.expectIn(ada, "ada", leaving.password("ada"));
        leaving.expectIn(carol, "carol", "a password");
        assertThat(leaving.refreshAtHomeAssistant(ofBefore.refreshToken(), PHONE)).isEqualTo(200);
        assertThat(leaving.apiAtHomeAssistant(script)).isEqualTo(200);
        assertThat(LeavingHouse.text(report))
                .contains("Ada (ada): ada", "Vic (vic)", "new-logins-home-")
                .doesNotContain(leaving.password("ada"));
        assertThat(house.isAudited("LoginGiven")).isTrue();
        assertThat(house.isAudited("HomeLeft")).isTrue();
    }

    @Test
    void theFileIsItsOwnersOnlyAndTheDatabaseForgetsThePasswords() throws IOException {
        house.signIn(browser, "ada");

        leaving.leaveDone();

        assertThat(leaving.files()).hasSize(1);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(leaving.files().getFirst())))
                .isEqualTo("rw-------");
        assertThat(rows("new_login")).isZero();
    }

    private int rows(String table) {
        return house.gateway()
                .facts()
                .adoption()
                .database()
                .<Integer>read(
                        handle ->
                                handle.createQuery("SELECT COUNT(*) FROM " + table)
                                        .mapTo(Integer.class)
                                        .one());
    }

    @Test
    void thePlanSaysEverythingAndChangesNothing() {
        HomeUser carol = addCarol();
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.link("ben", carol.id());
        await(this::isTold);
        house.signIn(other, "ben");
        house.registerPhone(browser, house.signIn(browser, "ada").accessToken());
        List<HomeUser> before = house.homeAssistant().users();

        LeaveReport plan = leaving.operator().plan("");

        assertThat(plan.isDone()).isTrue();
        assertThat(LeavingHouse.text(plan))
                .contains("Ada (ada): ada")
                .contains("Ben (ben), there \"Carol\": from [system-users] to [system-admin]")
                .contains("ada: phone")
                .contains("nobody's any more, and without a login")
                .contains("Nothing was changed");
        assertThat(house.homeAssistant().users()).isEqualTo(before);
        assertThat(state()).isInstanceOf(HomeState.Served.class);
        assertThat(leaving.files()).isEmpty();
    }

    @Test
    void whoWasThereBeforeLosesTheHiddenCredentialAndGetsTheirGroupsBack() {
        HomeUser carol = addCarol();
        house.signIn(browser, "ben");
        house.link("ben", carol.id());
        house.signIn(browser, "ben");
        assertThat(leaving.user("Carol").groups()).containsExactly("system-users");
        assertThat(leaving.user("Carol").usernames()).hasSize(2);

        leaving.leaveDone();

        assertThat(leaving.user("Carol")).isEqualTo(carol);
        leaving.expectIn(carol, "carol", "a password");
    }

    @Test
    void nobodyComesInAfterwardsAndNothingIsMadeOrAsked() {
        GatewayHouse.SignedIn ada = house.signIn(browser, "ada");
        leaving.leaveDone();
        house.restartGatewayWithoutWaiting();
        List<HomeUser> users = house.homeAssistant().users();
        int requests = house.homeAssistant().record().requests().size();

        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(503);
        assertThat(house.refresh(browser, ada.refreshToken(), house.clientId()).status())
                .isEqualTo(503);
        assertThat(browser.get(house.authorizeAddress()).status()).isEqualTo(503);
        assertThat(browser.get(house.at("/")).status()).isEqualTo(503);

        assertThat(house.homeAssistant().record().requests()).hasSize(requests);
        assertThat(house.homeAssistant().users()).isEqualTo(users);
        assertThat(leaving.operator().standing())
                .singleElement()
                .asString()
                .contains("Home 'home' was left at");
    }

    @Test
    void whereHomeAssistantIsAwayNothingBegins() {
        house.signIn(browser, "ada");
        house.homeAssistant().stop();

        LeaveReport report = leaving.leave();

        assertThat(report.isDone()).isFalse();
        assertThat(LeavingHouse.text(report)).contains("is not left yet", "Nothing was changed");
        assertThat(leaving.operator().plan("").isDone()).isFalse();
        assertThat(state()).isInstanceOf(HomeState.Served.class);
        await(() -> !isConnected());
        house.homeAssistant().startAgain();
        await(this::isConnected);
        leaving.leaveDone();
        leaving.expectIn(leaving.user("Ada"), "ada", leaving.password("ada"));
    }

    /// The process dies right after a step, the first of them once Home Assistant has the login and
    /// nobody here knows.
    @ParameterizedTest
    @ValueSource(strings = {CREATE, DELETE, "config/auth/update"})
    void whatACrashLeftHalfDoneIsGoneOnWith(String lastCommand) {
        HomeUser carol = addCarol();
        house.signIn(other, "ben");
        house.link("ben", carol.id());
        house.signIn(other, "ben");
        house.signIn(browser, "ada");
        house.homeAssistant().faults().cutAfterCommand(lastCommand);
        LeaveReport first = leaving.leave();
        assertThat(first.isDone()).isFalse();
        assertThat(LeavingHouse.text(first)).contains("nothing is lost");
        assertThat(state()).isInstanceOf(HomeState.Leaving.class);
        house.homeAssistant().faults().clear();
        house.restartGateway();
        await(this::isConnected);
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

        assertThat(state()).isInstanceOf(HomeState.Served.class);
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
        house.link("ben", owner().id());
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

    private HomeUser owner() {
        return house.homeAssistant().users().stream()
                .filter(HomeUser::isOwner)
                .findFirst()
                .orElseThrow();
    }

    /// Home Assistant deactivates no owner.
    @Test
    void anOwnerWhomOnlyTheGatewayKeepsOutHoldsItUp() {
        HomeUser owner = owner();
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.link("ben", owner.id());
        house.signIn(other, "ben");
        house.suspend("ben");
        await(() -> house.isAudited("Unconverged") || isTold());

        LeaveReport refused = leaving.leave();

        assertThat(refused.isDone()).isFalse();
        assertThat(LeavingHouse.text(refused)).contains("Ben (ben)", "Nothing was changed");
        assertThat(state()).isInstanceOf(HomeState.Served.class);
        LeaveReport meant = leaving.operator().leave("", new Although(true, false));
        assertThat(meant.isDone()).as(LeavingHouse.text(meant)).isTrue();
        leaving.expectNothingOfOurs();
    }

    @Test
    void aTokenThatCannotBeEndedIsNamedAndTheNextTryEndsIt() {
        house.signIn(browser, "ada");
        String own = ownToken();
        house.homeAssistant().faults().failCommand("auth/delete_refresh_token", "unknown_error");

        LeaveReport first = leaving.leave();

        assertThat(first.isDone()).isFalse();
        assertThat(LeavingHouse.text(first))
                .contains("is left", "delete it yourself", "Long-lived access tokens");
        assertThat(state()).isInstanceOf(HomeState.Left.class);
        leaving.expectNothingOfOurs(own);
        house.homeAssistant().faults().clear();
        house.restartGatewayWithoutWaiting();
        LeaveReport second = leaving.leave();
        assertThat(second.isDone()).as(LeavingHouse.text(second)).isTrue();
        assertThat(LeavingHouse.text(second)).contains("new-logins-home-", "was left before");
        leaving.expectNothingOfOurs();
    }

    /// Attack, or bad luck: a sign-in that began before makes a user or a credential afterwards.
    @Test
    void aSignInUnderWayLeavesNothingBehind() {
        house.signIn(browser, "ada");
        Ambush ambush = house.homeAssistant().faults().ambush(CREATE, Ambush.Moment.BEFORE);
        var bens =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                house.signIn(other, "ben");
                            } catch (IllegalStateException refused) {
                                // There is nowhere to come in any more.
                            }
                        });
        ambush.await();
        CompletableFuture<LeaveReport> left = CompletableFuture.supplyAsync(leaving::leave);
        await(() -> state() instanceof HomeState.Leaving);
        ambush.release();
        bens.join();

        LeaveReport report = left.join();

        if (!report.isDone()) {
            leaving.leaveDone();
        }
        leaving.expectNothingOfOurs();
        assertThat(rows("session")).isZero();
        leaving.handedOut()
                .forEach(
                        (username, password) ->
                                assertThat(
                                                leaving.signInAtHomeAssistant(username, password)
                                                        .path("type")
                                                        .asText())
                                        .isEqualTo("create_entry"));
    }

    @Test
    void whoeverChangesTheirMindComesBackAndEverybodyIsInAgain() {
        house.signIn(browser, "ada");
        HomeUser ada = leaving.user("Ada");
        house.homeAssistant().faults().failCommand(DELETE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();

        assertThat(leaving.operator().comeBack("")).isInstanceOf(ControlOutcome.Done.class);
        house.restartGateway();
        await(this::isConnected);

        GatewayHouse.SignedIn again = house.signIn(other, "ada");
        assertThat(house.get(other, "/api/config", again.accessToken()).status()).isEqualTo(200);
        assertThat(leaving.user("Ada").id()).isEqualTo(ada.id());
        assertThat(house.isAudited("HomeReturned")).isTrue();
        leaving.leaveDone();
        assertThat(leaving.files()).hasSize(1);
        leaving.expectIn(ada, "ada", leaving.password("ada"));
    }

    @Test
    void appsSignInAnewAndTheirTokensAreEndedThere() {
        try (CompanionPhone phone = new CompanionPhone(house, CompanionPhone.ANDROID)) {
            house.provider().signInAutomaticallyAs("ada");
            var signedIn = phone.signIn(browser);
            assertThat(leaving.apiAtHomeAssistant(signedIn.accessToken())).isEqualTo(200);

            leaving.leaveDone();

            assertThat(leaving.apiAtHomeAssistant(signedIn.accessToken())).isEqualTo(401);
            assertThat(
                            leaving.refreshAtHomeAssistant(
                                    signedIn.refreshToken(), CompanionPhone.ANDROID))
                    .isEqualTo(400);
            leaving.expectNothingOfOurs();
        }
    }

    @Test
    void theEmergencyAdministratorIsDeletedAndGetsNoLogin() {
        house.signIn(browser, "ada");
        List<HomeUser> before = house.homeAssistant().users();
        ControlOutcome code = house.gateway().commands().emergency().breakGlass("", true);
        assertThat(code).isInstanceOf(ControlOutcome.NewToken.class);
        other.carry("Sec-Fetch-Site", "same-origin");
        other.postForm(
                house.at("/auth/vestibule/break-glass"),
                Map.of("code", ((ControlOutcome.NewToken) code).token().reveal()));
        other.walk(house.authorizeAddress(), house.landing());
        assertThat(house.homeAssistant().users()).hasSize(before.size() + 1);

        leaving.leaveDone();

        assertThat(leaving.handedOut()).containsOnlyKeys("ada");
        assertThat(house.homeAssistant().users())
                .extracting(HomeUser::id)
                .containsExactlyElementsOf(before.stream().map(HomeUser::id).toList());
    }

    @Test
    void aFileThatCannotBeWrittenHoldsUpWhatWouldNeedIt() {
        HomeUser carol = addCarol();
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
        await(this::isConnected);
        Runnable obstacle = leaving.obstructFile();

        LeaveReport report = leaving.leave();

        assertThat(report.isDone()).isFalse();
        assertThat(LeavingHouse.text(report)).contains("cannot be written", "nothing is lost");
        assertThat(leaving.user("Ada")).isEqualTo(ada);
        obstacle.run();
        leaving.leaveDone();
        leaving.expectIn(ada, "ada", leaving.password("ada"));
    }

    @Test
    void whoComesBackAfterAllIsTheSamePersonWithAnotherToken() {
        house.signIn(browser, "ada");
        HomeUser ada = leaving.user("Ada");
        HomeUser owner = owner();
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
