package dev.vestibule;

import static dev.vestibule.Eventually.await;
import static dev.vestibule.LocalLogins.AWAY;
import static dev.vestibule.LocalLogins.NETWORK;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.account.Account;
import dev.vestibule.audit.EndReason;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// People who were removed, and whose users live on in Home Assistant with all that they can show.
class RemovedPersonTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");
    private static final String PASSWORD = "correct horse";
    private static final String PHONE = "https://home-assistant.io/android";

    private final TestHouse house =
            new TestHouse(
                    Plan.USUAL.changed(
                            SignInChange.of(LocalLogins.localLogin(LocalLogin.ON), NETWORK)));
    private final HouseBrowser browser = new HouseBrowser(house, AWAY);
    private final VisitorBrowser phone = new VisitorBrowser();

    @AfterEach
    void close() {
        phone.close();
        browser.close();
        house.close();
    }

    private HomeUser greta() {
        return house.homeAssistant().addUser("Greta", "greta", PASSWORD, "system-users");
    }

    private Answer signIn(String username) {
        Answer page = browser.follow(browser.get(house.authorizeAddress()));
        return browser.post(
                "/auth/vestibule/local",
                Map.of(
                        "choice", page.hidden("choice"),
                        "username", username,
                        "password", PASSWORD));
    }

    private SignedIn redeem(Answer back) {
        assertThat(back.location()).as(back.body()).startsWith(house.landing());
        return house.redeem(phone, back.location().replaceAll(".*[?&]code=([^&]+).*", "$1"));
    }

    private List<Account> called(String username) {
        return house.gateway().accounts().list().stream()
                .filter(account -> account.username().equals(username))
                .toList();
    }

    private void remove(String username) {
        assertThat(
                        house.gateway()
                                .facts()
                                .lifecycle()
                                .remove(called(username).getFirst().id(), CAUSE))
                .isInstanceOf(RemoveResult.Removed.class);
        await(() -> house.gateway().facts().outbox().list().isEmpty());
    }

    private HomeUser there(HomeUser user) {
        return house.homeAssistant().users().stream()
                .filter(now -> now.id().equals(user.id()))
                .findFirst()
                .orElseThrow();
    }

    /// The owner is the one user who cannot be deactivated.
    @Test
    void theOldPasswordAndOldTokensLetNobodyIn() {
        HomeUser owner =
                house.homeAssistant().users().stream()
                        .filter(HomeUser::isOwner)
                        .findFirst()
                        .orElseThrow();
        String name = owner.username().orElseThrow();
        house.homeAssistant().setPassword(name, PASSWORD);
        house.signIn(phone, "ada");
        redeem(signIn(name));
        remove(name);

        Answer refused = signIn(name);
        Tokens token = house.homeAssistant().signInDirectly(name, PASSWORD, PHONE);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(house.refresh(phone, token.refreshToken(), PHONE).status()).isEqualTo(400);
        assertThat(house.get(phone, "/api/config", token.accessToken()).status()).isEqualTo(401);
        assertThat(called(name)).hasSize(1).noneMatch(Account::isHere);
    }

    @Test
    void aUserWhoIsActivatedAgainIsShutOutAgainAndNothingOfOursStaysWithThem() {
        HomeUser greta = greta();
        redeem(signIn("greta"));
        remove("greta");
        assertThat(there(greta).isActive()).isFalse();

        house.homeAssistant().setActive(greta.id(), true);

        await(() -> !there(greta).isActive());
        await(() -> house.gateway().facts().outbox().list().isEmpty());
        assertThat(there(greta).usernames()).containsExactly("greta");
        assertThat(house.isAuditedFor("lives-on")).isTrue();
        assertThat(new OperatorCommands(house.gateway()).accounts()).isEmpty();
    }

    @Test
    void anAdministratorGivesTheUserToThePersonWhoCameAnew() {
        HomeUser greta = greta();
        SignedIn before = redeem(signIn("greta"));
        remove("greta");
        house.signIn(phone, "ben");

        ControlOutcome linked = new OperatorCommands(house.gateway()).link("ben", "", greta.id());

        assertThat(linked).isInstanceOf(ControlOutcome.Done.class);
        SignedIn after = house.signIn(phone, "ben");
        assertThat(house.get(phone, "/api/config", after.accessToken()).status()).isEqualTo(200);
        assertThat(house.get(phone, "/api/config", before.accessToken()).status()).isEqualTo(401);
        assertThat(house.gateway().facts().homeUsers().accountOf(Defaults.HOME_NAME, greta.id()))
                .contains(house.account("ben").id());
        assertThat(there(greta).isActive()).isTrue();
        redeem(signIn("greta"));
        assertThat(called("greta")).noneMatch(Account::isHere);
    }
}
