package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a removal leaves behind in Home Assistant, through a whole gateway.
class RemovalTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    @Test
    void aUserOfOurMakingIsDeletedAndWhoComesAgainGetsAnother() {
        SignedIn before = house.signIn(browser, "ben");
        String user = user("Ben").id();

        remove("ben");

        assertThat(statusOf(before)).isEqualTo(401);
        await(() -> outboxIsEmpty() && house.homeAssistant().userNamed("Ben").isEmpty());
        assertThat(new OperatorCommands(house.gateway()).accounts()).isEmpty();
        SignedIn after = house.signIn(browser, "ben");
        assertThat(statusOf(after)).isEqualTo(200);
        assertThat(statusOf(before)).isEqualTo(401);
        assertThat(user("Ben").id()).isNotEqualTo(user);
    }

    @Test
    void whoComesAgainBeforeHomeAssistantWasToldIsSomebodyNewToo() {
        house.signIn(browser, "ben");
        String user = user("Ben").id();
        house.homeAssistant().faults().failCommand("config/auth/delete", "unknown_error");
        remove("ben");

        SignedIn after = house.signIn(browser, "ben");

        assertThat(house.homeAssistant().users()).extracting(HomeUser::id).contains(user);
        house.homeAssistant().faults().clear();
        await(this::outboxIsEmpty);
        assertThat(statusOf(after)).isEqualTo(200);
        assertThat(house.homeAssistant().users()).extracting(HomeUser::id).doesNotContain(user);
    }

    @Test
    void aUserWhoWasThereBeforeIsDeactivatedAndStays() {
        HomeUser carol =
                house.homeAssistant().addUser("Carol", "carol", "a password", "system-users");
        house.signIn(browser, "ben");
        assertThat(
                        house.gateway()
                                .homes()
                                .getFirst()
                                .signIn()
                                .attach(
                                        house.account("ben").id(),
                                        carol.id(),
                                        Actor.CONSOLE,
                                        house.gateway().facts().userLink()))
                .isInstanceOf(AttachResult.Attached.class);
        house.signIn(browser, "ben");

        remove("ben");

        await(this::outboxIsEmpty);
        HomeUser after = user("Carol");
        assertThat(after.isActive()).isFalse();
        assertThat(after.usernames()).containsExactly("carol");
        assertThat(house.homeAssistant().refreshTokenIds(after.id())).isEmpty();
    }

    private void remove(String name) {
        assertThat(house.gateway().facts().lifecycle().remove(house.account(name).id(), CAUSE))
                .isInstanceOf(RemoveResult.Removed.class);
    }

    private HomeUser user(String name) {
        return house.homeAssistant().userNamed(name).orElseThrow();
    }

    private int statusOf(SignedIn person) {
        return house.get(browser, "/api/config", person.accessToken()).status();
    }

    private boolean outboxIsEmpty() {
        return house.gateway().facts().outbox().list().isEmpty();
    }
}
