package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.account.Account;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is welcome at a home, and who only was.
class HomeAgreementTest {

    private final AgreementHouse house = new AgreementHouse();
    private final Account ben = house.admit("ben");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoeverIsRestoredStaysOutWhereTheyHaveNoRole() {
        house.enter(ben);
        expel();
        house.suspend(ben);
        house.worker.deliverDue();

        house.restore(ben);
        house.worker.deliverDue();

        expectShutOut();
    }

    @Test
    void whoeverLosesTheirRoleWhileTheyAreLetInStaysOut() throws Exception {
        house.enter(ben);
        house.suspend(ben);
        house.worker.deliverDue();
        house.restore(ben);
        Ambush looking = house.home.faults().ambush("auth/refresh_tokens", Moment.BEFORE);
        var outbox = house.deliverBeside();
        looking.await();

        expel();
        looking.release();
        outbox.result();
        house.worker.deliverDue();

        expectShutOut();
    }

    @Test
    void whoeverIsShutOutSinceTheirSignInBeganDoesNotWakeTheirUser() {
        house.enter(ben);
        house.suspend(ben);
        house.worker.deliverDue();

        assertThatThrownBy(() -> house.askForCode(ben))
                .isInstanceOf(HomeAssistantUnavailable.class);

        expectShutOut();
    }

    /// Home Assistant could not be brought to agree, and somebody activates the user there: now it
    /// can be, and their tokens live.
    @Test
    void whoeverIsActivatedThereIsNotLeftSoUntilTheNextHour() {
        house.enter(ben);
        house.home.setActive(house.userId(ben.id()), false);
        house.suspend(ben);
        house.worker.deliverDue();
        assertThat(house.facts.outbox.list()).allMatch(entry -> entry.isUnconverged());

        house.home.setActive(house.userId(ben.id()), true);
        house.compare();
        house.worker.deliverDue();

        expectShutOut();
        assertThat(house.home.refreshTokenIds(house.userId(ben.id()))).isEmpty();
        assertThat(house.facts.outbox.list()).isEmpty();
    }

    private void expel() {
        house.facts
                .database
                .inTransaction(
                        tx -> house.facts.lifecycle.expel(tx, ben.id(), HOME, AgreementHouse.CAUSE))
                .cut();
    }

    private void expectShutOut() {
        assertThat(house.user(ben).isActive()).as("active").isFalse();
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isNotEqualTo(Closure.OPEN);
    }
}
