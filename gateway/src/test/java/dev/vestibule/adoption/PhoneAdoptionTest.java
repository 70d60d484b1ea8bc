package dev.vestibule.adoption;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.adoption.ResidentHouse.PHONE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.policy.Webhooks.Judgement;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class PhoneAdoptionTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final ResidentHouse house = new ResidentHouse(ExistingTokens.ADOPT);
    private final String webhook = house.home.registerPhone(house.carol.id());

    @AfterEach
    void close() {
        house.close();
    }

    private Judgement judge(String id) {
        return house.webhooks.judge(HOME, id);
    }

    @Test
    void aPhoneOfBeforeBelongsToItsPersonAndClosesWithThem() {
        house.adoption.phones().lookAround();
        assertThat(judge(webhook)).isEqualTo(Judgement.OPEN);
        assertThat(house.adoptedAccount().username()).isEqualTo("carol");

        house.facts.lifecycle.suspend(house.adoptedAccount().id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(judge(webhook)).isEqualTo(Judgement.REFUSED);
    }

    /// Attack: the id that a phone had before is as good as a password, and may be known.
    @Test
    void theIdOfAPhoneStaysClosedWhenItsPersonIsRestoredAndTheAppHearsThatItIsGone() {
        house.adoption.phones().lookAround();
        AccountId carol = house.adoptedAccount().id();
        house.facts.lifecycle.suspend(carol, SuspendedBy.OPERATOR, CAUSE);

        house.facts.lifecycle.restore(carol, SuspendedBy.OPERATOR, CAUSE);
        house.adoption.phones().lookAround();

        assertThat(judge(webhook)).isEqualTo(Judgement.REFUSED);
        house.homeUsers.open(carol, house.adoptedAccount().epoch(), HOME);
        assertThat(judge(webhook)).isEqualTo(Judgement.GONE);
        house.webhooks.learn(HOME, new Secret(webhook), carol);
        assertThat(judge(webhook)).isEqualTo(Judgement.GONE);
        house.webhooks.learn(HOME, new Secret("registered anew"), carol);
        assertThat(judge("registered anew")).isEqualTo(Judgement.OPEN);
    }

    @Test
    void aPhoneThatIsFirstMetWhileItsPersonIsOutIsClosedForGood() {
        house.judge(house.home.signInDirectly("carol", "a password", PHONE).accessToken());
        AccountId carol = house.adoptedAccount().id();
        house.facts.lifecycle.suspend(carol, SuspendedBy.OPERATOR, CAUSE);
        house.adoption.phones().lookAround();

        house.facts.lifecycle.restore(carol, SuspendedBy.OPERATOR, CAUSE);
        house.homeUsers.open(carol, house.adoptedAccount().epoch(), HOME);

        assertThat(judge(webhook)).isEqualTo(Judgement.GONE);
    }

    @Test
    void aPhoneWithAnOwnerStaysOpenAfterTheMigration() {
        house.adoption.phones().lookAround();

        house.facts.clock.advance(Duration.ofDays(31));

        assertThat(judge(webhook)).isEqualTo(Judgement.OPEN);
    }

    @Test
    void aPhoneOfSomebodyWhoIsSuspendedAlreadyIsNotOpened() {
        house.judge(house.home.signInDirectly("carol", "a password", PHONE).accessToken());
        house.facts.lifecycle.suspend(house.adoptedAccount().id(), SuspendedBy.OPERATOR, CAUSE);

        house.adoption.phones().lookAround();

        assertThat(judge(webhook)).isEqualTo(Judgement.REFUSED);
    }

    @Test
    void aPhoneOfSomebodyWithoutARoleIsClosed() {
        house.adoption.phones().lookAround();

        house.facts.dropRole(house.adoptedAccount().id());

        assertThat(judge(webhook)).isEqualTo(Judgement.REFUSED);
    }

    @Test
    void aPhoneThatCannotBeAskedStaysOpenForTheMigrationAndNoLonger() {
        house.home.faults().answer("/api/webhook/", 400);

        house.adoption.phones().lookAround();

        assertThat(judge(webhook)).isEqualTo(Judgement.OPEN);
        assertThat(house.facts.accounts.list()).isEmpty();
        house.facts.clock.advance(Duration.ofDays(31));
        assertThat(judge(webhook)).isEqualTo(Judgement.REFUSED);
    }

    @Test
    void theWebhookOfAnAutomationIsNeitherOpenedNorCalled() {
        String automation = house.home.registerAutomation("doorbell", false);
        house.home.record().clear();

        house.adoption.phones().lookAround();

        assertThat(judge(automation)).isEqualTo(Judgement.REFUSED);
        assertThat(house.home.record().contains(automation)).isFalse();
    }

    @Test
    void anOwnedPhoneIsNotAskedAgain() {
        house.adoption.phones().lookAround();
        house.home.record().clear();

        house.adoption.phones().lookAround();

        assertThat(house.home.record().contains(webhook)).isFalse();
    }

    @Test
    void anUnknownIdIsRefused() {
        house.adoption.phones().lookAround();

        assertThat(judge("0".repeat(64))).isEqualTo(Judgement.REFUSED);
        assertThat(house.webhooks.judge(new dev.vestibule.config.HomeId("cabin"), webhook))
                .isEqualTo(Judgement.REFUSED);
    }
}
