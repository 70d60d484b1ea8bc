package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRefusal;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.provisioning.StoreAttachment;
import dev.vestibule.testhouse.home.HomeUser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Attack: somebody whom Home Assistant's owner switched off, or deleted, is shut out here and let
/// in again, after which the gateway takes that for its own doing and undoes it.
class SwitchedOffTest {

    private final AgreementHouse house = new AgreementHouse();
    private final Account ben = house.admit("ben");

    @AfterEach
    void close() {
        house.close();
    }

    private void switchOff(Account account) {
        house.enter(account);
        house.home.setActive(house.userId(account.id()), false);
        house.compare();
        assertThat(isTurnedAway(account)).isTrue();
    }

    private void switchOn(Account account) {
        house.home.setActive(house.userId(account.id()), true);
        house.compare();
        house.worker.deliverDue();
    }

    private void expel(Account account) {
        house.facts
                .database
                .inTransaction(
                        tx ->
                                house.facts.lifecycle.expel(
                                        tx, account.id(), HOME, AgreementRooms.CAUSE))
                .cut();
        house.worker.deliverDue();
    }

    /// As an identity system gives a role again.
    private void welcome(Account account) {
        house.facts
                .database
                .inTransaction(
                        tx ->
                                house.facts.lifecycle.welcome(
                                        tx, account.id(), HOME, Role.USER, AgreementRooms.CAUSE))
                .cut();
        house.worker.deliverDue();
    }

    private boolean isTurnedAway(Account account) {
        return house.facts.database.read(
                handle -> house.facts.lifecycle.isTurnedAway(handle, account.id(), HOME));
    }

    @Test
    void noSignInSwitchesThemOn() {
        switchOff(ben);
        expel(ben);
        house.facts.assignRole(ben.id(), Role.USER);

        assertThat(isTurnedAway(ben)).isTrue();
        assertThat(house.askForCode(ben))
                .isInstanceOfSatisfying(
                        HomeSignInResult.Answered.class,
                        answered ->
                                assertThat(answered.result())
                                        .isEqualTo(
                                                new LoginFlowResult.Refused(
                                                        LoginRefusal.INACTIVE)));
        assertThat(house.user(ben).isActive()).isFalse();
    }

    @Test
    void noIdentitySystemSwitchesThemOn() {
        switchOff(ben);
        expel(ben);

        welcome(ben);

        assertThat(house.user(ben).isActive()).isFalse();
        assertThat(isTurnedAway(ben)).isTrue();
        assertThat(house.facts.outbox.list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER", "SCIM"})
    void aSuspensionByAnybodyElseThatEndsSwitchesNobodyOn(SuspendedBy by) {
        switchOff(ben);
        house.facts.lifecycle.suspend(ben.id(), by, AgreementRooms.CAUSE);
        house.worker.deliverDue();

        assertThat(house.facts.lifecycle.restore(ben.id(), by, AgreementRooms.CAUSE)).isTrue();
        house.worker.deliverDue();

        assertThat(house.user(ben).isActive()).isFalse();
        assertThat(isTurnedAway(ben)).isTrue();
    }

    @Test
    void theOperatorWhoRestoresThemSwitchesThemOn() {
        switchOff(ben);
        house.suspend(ben);
        house.worker.deliverDue();

        house.restore(ben);
        house.worker.deliverDue();

        assertThat(house.user(ben).isActive()).isTrue();
        assertThat(isTurnedAway(ben)).isFalse();
        assertThat(house.enter(ben).grant().grant().isLive()).isTrue();
    }

    @Test
    void switchedOnWhileTheyHaveARoleTheyAreLetInAgain() {
        switchOff(ben);
        expel(ben);
        welcome(ben);

        switchOn(ben);

        assertThat(isTurnedAway(ben)).isFalse();
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isEqualTo(Closure.OPEN);
        assertThat(house.enter(ben).grant().grant().isLive()).isTrue();
    }

    @Test
    void switchedOnWhileTheyHaveNoRoleTheyAreShutOutAndSwitchedOnOnceMore() {
        switchOff(ben);
        expel(ben);

        switchOn(ben);
        assertThat(house.user(ben).isActive()).isFalse();
        assertThat(isTurnedAway(ben)).isTrue();
        welcome(ben);
        assertThat(house.user(ben).isActive()).isFalse();

        switchOn(ben);
        assertThat(house.user(ben).isActive()).isTrue();
        assertThat(house.enter(ben).grant().grant().isLive()).isTrue();
    }

    /// Else an administrator could not link them anew.
    @Test
    void aLinkedUserWhoWasDeletedStaysKnownForIt() {
        HomeUser own = house.home.addUser("Anna", "anna", "pw", "system-users");
        Account anna = house.admit("anna");
        StoreAttachment attachment = new StoreAttachment(house.facts.database, house.homeUsers);
        house.signIn.attach(anna.id(), own.id(), Actor.CONSOLE, attachment);
        house.enter(anna);
        house.home.deleteUser(own.id());
        house.compare();

        expel(anna);
        house.facts.assignRole(anna.id(), Role.USER);
        house.compareAfterConnecting();

        assertThat(house.homeUsers.standingOf(anna.id(), HOME)).isEqualTo(Standing.GONE);
        assertThat(
                        house.facts.database.<Boolean>read(
                                handle -> house.homeUsers.hasAttached(handle, anna.id(), HOME)))
                .isFalse();
    }
}
