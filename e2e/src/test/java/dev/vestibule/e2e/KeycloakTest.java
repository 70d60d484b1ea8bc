package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The gateway with a real Keycloak, over real HTTP.
@ExtendWith(RunningKeycloak.class)
class KeycloakTest {

    private final KeycloakServer keycloak;
    @AutoClose private final KeycloakHouse house;
    @AutoClose private final VisitorBrowser browser = new VisitorBrowser();

    KeycloakTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.house = new KeycloakHouse(keycloak);
    }

    @Test
    void aPersonComesInByKeycloakAndUsesTheHouse() {
        SignedIn ben = house.signIn(browser, "ben");

        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
            JsonNode user =
                    socket.call(
                            JsonNodeFactory.instance.objectNode().put("type", "auth/current_user"));
            assertThat(user.path("name").asText()).isEqualTo("Ben Benn");
        }
        assertThat(house.get(browser, "/api/config", ben.accessToken()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "ada,  Ada Lovelace, system-admin",
        "ben,  Ben Benn,     system-users",
        "vera, Vera Visitor, system-read-only",
    })
    void aGroupAtKeycloakIsARoleHere(String username, String name, String homeAssistantGroup) {
        house.signIn(browser, username);

        assertThat(house.homeAssistant().userNamed(name))
                .hasValueSatisfying(
                        made -> assertThat(made.groups()).containsExactly(homeAssistantGroup));
    }

    @Test
    void whoeverIsInNoGroupOfOursIsRefusedAndHomeAssistantNeverHearsOfThem() {
        house.homeAssistant().record().clear();

        Answer page = house.signInAt(browser, "sam", house.landing());

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("You have no access to this home").contains("sam");
        assertThat(house.homeAssistant().record().requests()).isEmpty();
        assertThat(house.homeAssistant().record().contains("Stranger")).isFalse();
        assertThat(house.homeAssistant().userNamed("Sam Stranger")).isEmpty();
    }

    @Test
    void aSecondSignInAsksForNothingWhileKeycloakKnowsTheBrowser() {
        SignedIn first = house.signIn(browser, "ben");
        signOut(first);

        SignedIn second =
                house.redeem(
                        browser,
                        KeycloakHouse.codeIn(
                                browser.walk(
                                        URI.create(house.authorizeAddress() + "&wanted=true"),
                                        house.landing())));

        assertThat(house.get(browser, "/api/config", first.accessToken()).status()).isEqualTo(401);
        assertThat(house.get(browser, "/api/config", second.accessToken()).status()).isEqualTo(200);
    }

    /// Every page afterwards says that the browser is signed out, and has a button to sign in.
    private void signOut(SignedIn person) {
        browser.postForm(house.at("/auth/revoke"), Map.of("token", person.refreshToken()));
        assertThat(browser.get(house.authorizeAddress()).body()).contains("You are signed out");
    }

    @Test
    void keycloakNamesItselfInItsAnswer() {
        assertThat(answerOfKeycloak("ben").toString())
                .contains("&iss=" + VisitorBrowser.encode(keycloak.issuer().toString()));
    }

    @ParameterizedTest
    @CsvSource({"&iss=https%3A%2F%2Fevil.example", "''"})
    void anAnswerThatNamesAnotherIssuerOrNoneSignsNobodyIn(String claim) {
        URI answer = answerOfKeycloak("ben");
        house.homeAssistant().record().clear();

        Answer page = browser.get(URI.create(answer.toString().replaceFirst("&iss=[^&]+", claim)));

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("The sign-in did not succeed");
        assertThat(house.homeAssistant().record().requests()).isEmpty();
        assertThat(browser.get(house.authorizeAddress()).location())
                .startsWith(keycloak.issuer().toString());
    }

    private URI answerOfKeycloak(String username) {
        String callback = house.at("/auth/vestibule/callback/keycloak").toString();
        return URI.create(house.signInAt(browser, username, callback).location());
    }

    @Test
    void aGroupThatChangedAtKeycloakCountsAtTheNextSignIn() {
        house.signIn(browser, "rita");
        assertThat(groupsOfRita()).isEqualTo("[system-users]");

        keycloak.admin().moveTo("admins", "rita");
        signInWithAnotherBrowser("rita");
        assertThat(groupsOfRita()).isEqualTo("[system-admin]");

        keycloak.admin().moveTo("neighbours", "rita");
        try (VisitorBrowser other = new VisitorBrowser()) {
            assertThat(house.signInAt(other, "rita", house.landing()).status()).isEqualTo(403);
        } finally {
            // Other tests at the same Keycloak know her as one of the family.
            keycloak.admin().moveTo("family", "rita");
        }
    }

    private String groupsOfRita() {
        return house.homeAssistant().userNamed("Rita Riser").orElseThrow().groups().toString();
    }

    private void signInWithAnotherBrowser(String username) {
        try (VisitorBrowser other = new VisitorBrowser()) {
            house.signIn(other, username);
        }
    }

    @Test
    void aNewSigningKeyAtKeycloakIsLearnedAtTheNextSignIn() {
        house.signIn(browser, "ben");
        String before = keycloak.admin().signingKey();

        keycloak.admin().rotateSigningKey();
        signInWithAnotherBrowser("ben");

        assertThat(keycloak.admin().signingKey()).isNotEqualTo(before);
    }

    @Test
    void whileKeycloakIsAwayAPageSaysSoAndWhoeverIsInStaysIn() {
        SignedIn ben = house.signIn(browser, "ben");

        keycloak.stop();
        try (VisitorBrowser other = new VisitorBrowser()) {
            Answer page = other.walk(house.authorizeAddress(), "nowhere");

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.body())
                    .contains("The identity provider cannot be reached")
                    .contains("Try again");
            assertThat(house.get(browser, "/api/config", ben.accessToken()).status())
                    .isEqualTo(200);
        } finally {
            keycloak.launchAgain();
        }

        assertThat(pagesUntilKeycloakIsBack()).containsOnly(503);
        signInWithAnotherBrowser("ben");
    }

    /// A starting Keycloak answers before it can work; none of that may look like a wrong
    /// configuration.
    private Set<Integer> pagesUntilKeycloakIsBack() {
        Set<Integer> pages = new TreeSet<>();
        Patience.until(
                () -> {
                    int status = statusOfASignIn();
                    if (status != 302) {
                        pages.add(status);
                    }
                    return status == 302;
                },
                Duration.ofSeconds(2),
                KeycloakServer.START_MAX,
                () -> "still " + pages);
        return pages;
    }

    private int statusOfASignIn() {
        try (VisitorBrowser other = new VisitorBrowser()) {
            return other.get(house.authorizeAddress()).status();
        }
    }
}
