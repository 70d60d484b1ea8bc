package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;

/// What an administrator of a real Keycloak does to a person, and what that means here. What these
/// tests saw stands in `docs/leaving.md`.
@ExtendWith(RunningKeycloak.class)
class KeycloakLeavingTest {

    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration HARDLY_EVER = Duration.ofHours(1);

    private final KeycloakServer keycloak;
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();
    @AutoClose private final VisitorBrowser phone = new VisitorBrowser();
    @AutoClose private KeycloakHouse house;

    KeycloakLeavingTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.house = new KeycloakHouse(keycloak, OFTEN);
    }

    @AfterEach
    void close() {
        for (String username : new String[] {"ben", "vera", "rita"}) {
            keycloak.admin().setEnabled(username, true);
            keycloak.admin().signOut(username);
        }
    }

    private void askingHardlyEver() {
        house.close();
        house = new KeycloakHouse(keycloak, HARDLY_EVER);
    }

    private int config(SignedIn person) {
        return house.get(browser, "/api/config", person.accessToken()).status();
    }

    private int refreshOnThePhone(SignedIn onThePhone) {
        return house.refresh(phone, onThePhone.refreshToken(), KeycloakHouse.PHONE).status();
    }

    /// What the gateway has in memory ends right after the transaction in which the account does.
    private void awaitShutOut(String username, SignedIn before) {
        Eventually.holds(() -> !isActive(username), () -> "still active");
        Eventually.holds(() -> config(before) == 401, () -> "the token still opens");
    }

    private boolean isActive(String username) {
        return house.gateway().accounts().list().stream()
                .anyMatch(account -> account.username().equals(username) && account.isActive());
    }

    @Test
    void loggingAUserOutInTheConsoleClosesTheOpenDashboard() {
        askingHardlyEver();
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket dashboard = house.openSocket(browser)) {
            dashboard.authenticate(ben.accessToken());

            keycloak.admin().signOut("ben");

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
        }
        assertThat(config(ben)).isEqualTo(401);
        assertThat(isActive("ben")).isTrue();
    }

    @Test
    void signingOneSessionOutInTheConsoleClosesTheOpenDashboard() {
        askingHardlyEver();
        SignedIn ben = house.signIn(browser, "ben");
        try (VisitorSocket dashboard = house.openSocket(browser)) {
            dashboard.authenticate(ben.accessToken());

            keycloak.admin().signOutEachSession("ben");

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
        }
    }

    /// Keycloak refuses the token that it is asked with from then on, as it does for a disabled
    /// user; only its words differ.
    @Test
    void loggingAUserOutLeavesThePhoneAliveHoweverOftenKeycloakIsAsked() {
        house.signIn(browser, "ben");
        SignedIn onThePhone = house.phoneOf(phone, "ben");
        SignedIn ben = house.signInAgain(browser, "ben");
        try (VisitorSocket dashboard = house.openSocket(browser);
                VisitorSocket app = house.openSocket(phone)) {
            dashboard.authenticate(ben.accessToken());
            app.authenticate(onThePhone.accessToken());

            keycloak.admin().signOut("ben");

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
            // Keycloak counts whole seconds: what it gave in the second of the signing out is good.
            Eventually.holds(() -> isProofEndedBySigningOut("ben"), () -> "no proof ended");
            assertThat(KeycloakHouse.whoIsThere(app)).isEqualTo("Phone of ben");
        }
        assertThat(config(onThePhone)).isEqualTo(200);
        assertThat(refreshOnThePhone(onThePhone)).isEqualTo(200);
        assertThat(isActive("ben")).isTrue();
    }

    private boolean isProofEndedBySigningOut(String name) {
        keycloak.admin().signOut(name);
        return house.isAudited("ProofEnded");
    }

    @Test
    void disablingAUserEndsEverythingOnEveryDevice() {
        house.signIn(browser, "ben");
        SignedIn onThePhone = house.phoneOf(phone, "ben");
        SignedIn ben = house.signInAgain(browser, "ben");
        try (VisitorSocket dashboard = house.openSocket(browser);
                VisitorSocket app = house.openSocket(phone)) {
            dashboard.authenticate(ben.accessToken());
            app.authenticate(onThePhone.accessToken());

            keycloak.admin().setEnabled("ben", false);

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
            assertThat(app.awaitClose()).isEqualTo(1008);
        }
        assertThat(config(ben)).isEqualTo(401);
        assertThat(config(onThePhone)).isEqualTo(401);
        assertThat(refreshOnThePhone(onThePhone)).isEqualTo(400);
        assertThat(isActive("ben")).isFalse();
    }

    /// The token for asking outlives the session at Keycloak.
    @Test
    void disablingAUserWhoIsSignedInNowhereEndsThePhoneToo() {
        house.signIn(browser, "ben");
        SignedIn onThePhone = house.phoneOf(phone, "ben");
        keycloak.admin().signOutEachSession("ben");
        assertThat(keycloak.admin().sessionsOf("ben")).isZero();
        assertThat(config(onThePhone)).isEqualTo(200);

        keycloak.admin().setEnabled("ben", false);

        awaitShutOut("ben", onThePhone);
    }

    @Test
    void whoIsEnabledAgainAndSignsInIsRestored() {
        SignedIn before = house.signIn(browser, "vera");
        keycloak.admin().setEnabled("vera", false);
        Eventually.holds(() -> !isActive("vera"), () -> "still active");

        keycloak.admin().setEnabled("vera", true);
        SignedIn after = house.signInAgain(browser, "vera");

        assertThat(isActive("vera")).isTrue();
        assertThat(house.isAudited("AccountRestored")).isTrue();
        assertThat(config(after)).isEqualTo(200);
        assertThat(config(before)).isEqualTo(401);
    }

    @Test
    void anotherGroupHoldsWithoutASignIn() {
        SignedIn vera = house.signIn(browser, "vera");
        try (VisitorSocket dashboard = house.openSocket(browser)) {
            dashboard.authenticate(vera.accessToken());

            keycloak.admin().moveTo("neighbours", "vera");

            assertThat(dashboard.awaitClose()).isEqualTo(1008);
        } finally {
            keycloak.admin().moveTo("guests", "vera");
        }
        assertThat(config(vera)).isEqualTo(401);
    }

    /// Asked for in the sign-in itself, `offline_access` would cost the browser its session at
    /// Keycloak.
    @Test
    void theTokenForAskingLeavesSingleSignOnAlone() {
        int before = keycloak.admin().offlineSessionsOf("ben");

        house.signIn(browser, "ben");

        assertThat(keycloak.admin().sessionsOf("ben")).isOne();
        assertThat(keycloak.admin().offlineSessionsOf("ben")).isEqualTo(before + 1);
    }

    /// Rita may not have offline tokens there.
    @Test
    void whoMayNotHaveAnOfflineTokenSignsInAndIsAskedAboutWhileTheirSessionLasts() {
        SignedIn rita = house.signIn(browser, "rita");
        assertThat(config(rita)).isEqualTo(200);
        assertThat(keycloak.admin().offlineSessionsOf("rita")).isZero();

        keycloak.admin().setEnabled("rita", false);

        awaitShutOut("rita", rita);
    }
}
