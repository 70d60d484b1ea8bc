package dev.vestibule;

import static dev.vestibule.LocalLogins.AT_HOME;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.greta;
import static dev.vestibule.LocalLogins.redeem;
import static dev.vestibule.LocalLogins.signIn;
import static dev.vestibule.LocalLogins.signInPage;
import static dev.vestibule.LocalLogins.type;
import static dev.vestibule.LocalLogins.userOf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.revocation.Cause;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// People who sign in with what they have in Home Assistant, through a whole gateway.
class LocalLoginTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    @AutoClose private final LocalLogins logins = new LocalLogins();

    @Test
    void aPersonOfHomeAssistantComesInWithTheirOwnPassword() {
        TestHouse house = logins.house();
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
        TestHouse house = logins.house();
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
        TestHouse house = logins.house();
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
    void aFormOnAnotherSiteIsRefusedBeforeHomeAssistantHearsOfIt() {
        TestHouse house = logins.house();
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
        TestHouse house = logins.house(LocalLogin.OFF, HomeOptions.defaults());
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
    void whoMayComeFromHomeOnlyDoesNotComeFromElsewhere() {
        for (boolean trusted : List.of(true, false)) {
            TestHouse house =
                    logins.house(
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
            logins.close();
        }
    }

    @Test
    void whoIsSwitchedOffInHomeAssistantHearsIt() {
        TestHouse house = logins.house();
        house.homeAssistant().setActive(greta(house).id(), false);
        try (HouseBrowser caller = new HouseBrowser(house, AWAY)) {
            Answer refused = signIn(caller, house, "correct horse");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("switched off");
        }
    }

    @Test
    void aSuspendedPersonIsOutByThisDoorToo() {
        TestHouse house = logins.house();
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
}
