package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The operator takes the gateway away, and Home Assistant is as if it had never been.
class LeavingTest {

    private static final String CREATE = "config/auth_provider/homeassistant/create";
    private static final String PHONE = "https://home-assistant.io/android";

    private final TestHouse house = new TestHouse();
    @AutoClose private final LeavingHouse leaving = new LeavingHouse(house);
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    @AutoClose private final VisitorBrowser other = new VisitorBrowser();

    @Test
    void everybodySignsInByThemselvesAndHomeAssistantIsAsBefore() {
        HomeUser carol = leaving.addCarol("system-admin");
        Tokens ofBefore = house.homeAssistant().signInDirectly("carol", "a password", PHONE);
        String script = house.homeAssistant().longLivedToken(carol.id(), "a script");
        List<HomeUser> before = house.homeAssistant().users();
        List<String> carolsTokens = house.homeAssistant().refreshTokenIds(carol.id());
        house.signIn(browser, "ada");
        house.signIn(other, "vic");
        house.suspend("vic");
        await(leaving::isTold);
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
        HomeUser carol = leaving.addCarol("system-admin");
        house.signIn(browser, "ada");
        house.signIn(other, "ben");
        house.link("ben", carol.id());
        await(leaving::isTold);
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
        assertThat(leaving.state()).isInstanceOf(HomeState.Served.class);
        assertThat(leaving.files()).isEmpty();
    }

    @Test
    void whoWasThereBeforeLosesTheHiddenCredentialAndGetsTheirGroupsBack() {
        HomeUser carol = leaving.addCarol("system-admin");
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
        await(() -> leaving.state() instanceof HomeState.Leaving);
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
}
