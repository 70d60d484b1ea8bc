package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.account.Account;
import dev.vestibule.audit.EndReason;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.revocation.AgreementRooms.Begun;
import dev.vestibule.revocation.AgreementRooms.Beside;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;

/// Sign-ins that meet the outbox, at the worst moment.
class HomeAgreementRaceTest {

    private final AgreementHouse house = new AgreementHouse();
    private final Account ben = house.admit("ben");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoeverIsRestoredAndComesInWhileTheyAreStillShutOutIsNotLeftInactive() throws Exception {
        house.enter(ben);
        Ambush deactivation = house.home.faults().ambush("config/auth/update", Moment.BEFORE);
        house.suspend(ben);
        Beside<Boolean> outbox = house.deliverBeside();
        deactivation.await();
        house.restore(ben);

        var signIn = new Beside<>(() -> house.enter(ben));
        signIn.awaitDoneOrLockedOut();
        deactivation.release();
        outbox.result();

        Begun after = signIn.result();
        house.worker.deliverDue();
        assertThat(house.user(ben).isActive()).isTrue();
        assertThat(isAlive(after.accessToken())).isTrue();
        assertThat(house.facts.outbox.list()).isEmpty();
    }

    @Test
    void aUserWhoIsOpenedWhileTheyAreToSleepOnStaysAwake() throws Exception {
        house.enter(ben);
        house.home.setActive(house.userId(ben.id()), false);
        house.suspend(ben);
        house.worker.deliverDue();
        house.restore(ben);
        house.home.enableTotp(house.userId(ben.id()));
        Ambush deactivation = house.home.faults().ambush("config/auth/update", 2, Moment.BEFORE);
        Beside<Boolean> outbox = house.deliverBeside();
        deactivation.await();
        house.home.disableTotp(house.userId(ben.id()));

        var signIn = new Beside<>(() -> house.enter(ben));
        signIn.awaitDoneOrLockedOut();
        deactivation.release();
        outbox.result();

        Begun after = signIn.result();
        assertThat(house.user(ben).isActive()).isTrue();
        assertThat(isAlive(after.accessToken())).isTrue();
    }

    @Test
    void twoSignInsOfARestoredPersonDoNotEndEachOther() throws Exception {
        Begun old = house.enter(ben);
        String script = house.home.longLivedToken(old.userId(), "script");
        shutOutAroundTokens();
        Begun first = house.begin(ben);
        Begun second = house.begin(ben);
        Ambush listing = house.home.faults().ambush("auth/refresh_tokens", Moment.BEFORE);

        var one = new Beside<>(() -> house.finish(first));
        listing.await();
        var other = new Beside<>(() -> house.finish(second));
        other.awaitDoneOrLockedOut();
        listing.release();

        assertThat(one.result()).isTrue();
        assertThat(other.result()).isTrue();
        assertThat(isAlive(first.accessToken())).isTrue();
        assertThat(isAlive(second.accessToken())).isTrue();
        assertThat(isAlive(old.accessToken())).isFalse();
        assertThat(isAlive(new Secret(script))).isFalse();
    }

    /// The token is made and not yet recorded: nothing tells it from an old one.
    @Test
    void aSignInWhoseTokenDiesUnderItHearsToTryAgain() {
        house.enter(ben);
        shutOutAroundTokens();
        Begun late = house.begin(ben);
        house.facts.sessionLifecycle.endGrant(
                late.grant().grant().id(), new Cause("console", EndReason.BY_OPERATOR, "console"));
        Begun first = house.enter(ben);
        house.facts.database.change(tx -> house.homeUsers.close(tx, ben.id(), HOME));

        assertThatThrownBy(() -> house.finish(late)).isInstanceOf(HomeAssistantUnavailable.class);

        assertThat(isAlive(first.accessToken())).isTrue();
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isEqualTo(Closure.CLOSED);
        house.enter(ben);
    }

    /// Shut out and restored, with tokens that nobody but their person can end.
    private void shutOutAroundTokens() {
        house.home.setActive(house.userId(ben.id()), false);
        house.suspend(ben);
        house.worker.deliverDue();
        house.home.enableTotp(house.userId(ben.id()));
        house.restore(ben);
        house.worker.deliverDue();
        house.home.disableTotp(house.userId(ben.id()));
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isEqualTo(Closure.CLOSED);
    }

    /// What the worker saw belongs to the suspension that it was sent for.
    @Test
    void whatWasSeenToEndForOneSuspensionDoesNotCountForTheNext() throws Exception {
        house.enter(ben);
        Ambush ending = house.home.faults().ambush("auth/delete_all_refresh_tokens", Moment.AFTER);
        house.suspend(ben);
        Beside<Boolean> outbox = house.deliverBeside();
        ending.await();
        house.restore(ben);
        house.suspend(ben);
        ending.release();
        outbox.result();

        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isEqualTo(Closure.CLOSED);
        house.home.setActive(house.userId(ben.id()), true);
        house.worker.deliverDue();
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isEqualTo(Closure.CLOSED_AND_EMPTY);
    }

    private boolean isAlive(Secret accessToken) {
        return house.homeAssistant.tokenProbe().ask(accessToken, InetAddress.getLoopbackAddress())
                instanceof TokenProbeResult.Alive;
    }
}
