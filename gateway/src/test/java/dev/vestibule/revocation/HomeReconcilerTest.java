package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import dev.vestibule.Eventually;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.policy.Webhooks.Judgement;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.Inheritance;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.provisioning.StoreAttachment;
import dev.vestibule.revocation.AgreementRooms.Begun;
import dev.vestibule.revocation.AgreementRooms.Beside;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;
import dev.vestibule.webhook.WebhookService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What somebody changes in Home Assistant's own pages, or a restored backup brings back.
class HomeReconcilerTest {

    private static final String CLIENT = "https://another.example/";

    private final AgreementHouse house = new AgreementHouse();
    private final Account ben = house.admit("ben");

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoeverIsSwitchedOffThereLosesWhatTheyHaveHereAndNothingIsUndone() {
        Begun in = house.enter(ben);
        List<Object> cuts = new ArrayList<>();
        in.grant().grant().connections().register(cuts::add);

        house.home.setActive(in.userId(), false);
        house.compare();

        assertThat(cuts).hasSize(1);
        assertThat(in.grant().grant().isLive()).isFalse();
        assertThat(house.facts.sessions.find(HOME, in.session().cookie().reveal())).isEmpty();
        assertThat(house.now(ben).isActive()).isTrue();
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isEqualTo(Closure.OPEN);
        assertThat(isTurnedAway(ben)).isTrue();
        house.worker.deliverDue();
        assertThat(house.user(ben).isActive()).isFalse();
        assertThat(house.home.refreshTokenIds(in.userId())).isEmpty();
    }

    /// Attack: a phone that registers just while its person is switched off.
    @Test
    void aPhoneThatRegistersTooLateDoesNotOpen() {
        house.enter(ben);
        house.home.setActive(house.userId(ben.id()), false);
        house.compare();
        WebhookService webhooks = new WebhookService(house.facts.clock, house.facts.database);
        webhooks.learn(HOME, new Secret("late"), ben.id());

        assertThat(webhooks.judge(HOME, "late")).isEqualTo(Judgement.REFUSED);

        house.home.setActive(house.userId(ben.id()), true);
        house.compare();
        assertThat(webhooks.judge(HOME, "late")).isEqualTo(Judgement.GONE);
    }

    @Test
    void itIsToldOnce() {
        Begun in = house.enter(ben);
        house.home.setActive(in.userId(), false);

        house.compare();
        house.compare();
        house.compareAfterConnecting();

        assertThat(drifts()).containsExactly("switched-off");
    }

    @Test
    void whoeverIsSwitchedOnThereComesInAgain() {
        Begun before = house.enter(ben);
        house.home.setActive(before.userId(), false);
        house.compare();
        house.worker.deliverDue();

        house.home.setActive(before.userId(), true);
        house.compare();

        assertThat(isTurnedAway(ben)).isFalse();
        assertThat(drifts()).containsExactlyInAnyOrder("switched-off", "back");
        assertThat(isAlive(house.enter(ben).accessToken())).isTrue();
        assertThat(isAlive(before.accessToken())).isFalse();
    }

    @Test
    void whoeverIsDeletedThereLosesWhatTheyHaveHereAndIsMadeAnew() {
        Begun before = house.enter(ben);

        house.home.deleteUser(before.userId());
        house.compare();
        house.compare();

        assertThat(before.grant().grant().isLive()).isFalse();
        assertThat(standing(ben)).isEqualTo(Standing.GONE);
        assertThat(isTurnedAway(ben)).isFalse();
        Begun after = house.enter(ben);
        assertThat(after.userId()).isNotEqualTo(before.userId());
        house.compare();
        assertThat(standing(ben)).isEqualTo(Standing.PRESENT);
        assertThat(after.grant().grant().isLive()).isTrue();
        assertThat(drifts()).containsExactly("deleted");
    }

    /// The backup is from the time before.
    @Test
    void whoeverWasShutOutAndIsActiveAgainIsShutOutAgainWithTheirTokens() {
        HomeUser own = house.home.addUser("Anna", "anna", "pw", "system-users");
        Account anna = house.admit("anna");
        attach(anna, own.id());
        house.enter(anna);
        house.suspend(anna);
        house.worker.deliverDue();
        assertThat(house.homeUsers.closureOf(anna.id(), HOME)).isEqualTo(Closure.CLOSED_AND_EMPTY);

        house.home.stop();
        house.home.setActive(own.id(), true);
        Tokens old = house.home.signInDirectly("anna", "pw", CLIENT);
        house.home.startAgain();
        awaitConnection();
        house.compareAfterConnecting();
        house.worker.deliverDue();

        assertThat(house.user(anna).isActive()).isFalse();
        assertThat(house.home.refreshTokenIds(own.id())).isEmpty();
        assertThat(isAlive(new Secret(old.accessToken()))).isFalse();
        assertThat(house.homeUsers.closureOf(anna.id(), HOME)).isEqualTo(Closure.CLOSED_AND_EMPTY);
        assertThat(drifts()).containsExactly("lives-on");
    }

    @Test
    void whoeverIsStillBeingShutOutIsNoDrift() {
        house.enter(ben);
        house.suspend(ben);

        house.compareAfterConnecting();

        assertThat(drifts()).isEmpty();
        assertThat(house.facts.outbox.list()).hasSize(1);
    }

    @Test
    void theOwnerIsAlwaysActiveAndIsLookedAtAgainAfterEachConnection() {
        HomeUser owner = house.home.userNamed("Owner").orElseThrow();
        Account olga = house.admit("olga");
        attach(olga, owner.id());
        house.enter(olga);
        house.suspend(olga);
        house.worker.deliverDue();
        assertThat(house.facts.outbox.list()).isEmpty();
        Tokens old = house.home.signInDirectly("owner", "owner-password", CLIENT);

        house.compare();
        assertThat(house.facts.outbox.list()).isEmpty();
        house.compareAfterConnecting();
        house.worker.deliverDue();

        assertThat(isAlive(new Secret(old.accessToken()))).isFalse();
        assertThat(house.facts.outbox.list()).isEmpty();
        // The gateway's own token is the owner's too.
        assertThat(house.home.refreshTokenIds(owner.id())).hasSize(1);
        assertThat(isAlive(new Secret(house.home.administratorToken()))).isTrue();
    }

    @Test
    void moreRightsThanTheRoleAreTakenAwayAgain() {
        Begun in = house.enter(ben);
        house.homeAssistant.users().moveTo(in.userId(), HomeAssistantGroup.ADMIN);

        house.compare();
        house.worker.deliverDue();

        assertThat(house.user(ben).groups()).containsExactly("system-users");
        house.compare();
        assertThat(drifts()).containsExactly("more-rights");
        assertThat(in.grant().grant().isLive()).isTrue();
    }

    @Test
    void fewerRightsThanTheRoleAreGivenBack() {
        Begun in = house.enter(ben);
        house.homeAssistant.users().moveTo(in.userId(), HomeAssistantGroup.READ_ONLY);

        house.compare();
        house.worker.deliverDue();

        assertThat(house.user(ben).groups()).containsExactly("system-users");
        assertThat(drifts()).containsExactly("other-groups");
    }

    @Test
    void aRoleThatIsStillOnItsWayToHomeAssistantIsNoDrift() {
        house.enter(ben);
        house.facts
                .database
                .inTransaction(
                        tx ->
                                house.facts.lifecycle.changeRole(
                                        tx, ben.id(), HOME, Role.VIEWER, AgreementRooms.CAUSE))
                .cut();

        house.compare();

        assertThat(drifts()).isEmpty();
        house.worker.deliverDue();
        assertThat(house.user(ben).groups()).containsExactly("system-read-only");
    }

    /// As an identity system does that changes one group after the other.
    @Test
    void aLesserRoleAfterNoneIsToldToHomeAssistantAndIsNoDrift() {
        Account ada = administratorOfTheHouse();
        expel(ada);
        welcome(ada, Role.VIEWER);
        house.worker.deliverDue();

        house.compare();

        assertThat(drifts()).isEmpty();
        assertThat(house.user(ada).groups()).containsExactly("system-read-only");
        assertThat(house.homeUsers.closureOf(ada.id(), HOME)).isEqualTo(Closure.OPEN);
        assertThat(house.facts.outbox.list()).isEmpty();
    }

    /// Attack: an administrator who was demoted is one again for as long as Home Assistant refuses
    /// to change the group, and makes a token of their own meanwhile.
    @Test
    void nobodyWakesInTheGroupOfAnEarlierRole() {
        Account ada = administratorOfTheHouse();
        expel(ada);
        house.worker.deliverDue();
        welcome(ada, Role.VIEWER);
        house.home.faults().failCommand("config/auth/update", "unknown_error");
        house.worker.deliverDue();
        assertThat(house.user(ada).isActive()).isFalse();
        house.home.faults().clear();
        house.home.record().clear();

        house.facts.clock.advance(Duration.ofMinutes(1));
        house.worker.deliverDue();

        assertThat(house.user(ada).isActive()).isTrue();
        assertThat(changesOfUsers())
                .hasSize(2)
                .satisfies(first -> assertThat(first).contains("system-read-only"), atIndex(0))
                .satisfies(second -> assertThat(second).contains("is_active"), atIndex(1));
    }

    private List<String> changesOfUsers() {
        return house.home.record().socketMessages().stream()
                .filter(message -> message.contains("config/auth/update"))
                .toList();
    }

    private Account administratorOfTheHouse() {
        Account ada = house.admit("ada");
        house.facts.assignRole(ada.id(), Role.ADMIN);
        house.enter(ada);
        assertThat(house.user(ada).groups()).containsExactly("system-admin");
        return ada;
    }

    private void expel(Account account) {
        house.facts
                .database
                .inTransaction(
                        tx ->
                                house.facts.lifecycle.expel(
                                        tx, account.id(), HOME, AgreementRooms.CAUSE))
                .cut();
    }

    private void welcome(Account account, Role role) {
        house.facts
                .database
                .inTransaction(
                        tx ->
                                house.facts.lifecycle.welcome(
                                        tx, account.id(), HOME, role, AgreementRooms.CAUSE))
                .cut();
    }

    /// Nobody but Home Assistant knows them: what its administrator decides is right.
    @Test
    void whoeverIsKnownFromHomeAssistantOnlyHasTheRoleThatTheyHaveThere() {
        Account carol = administratorThere();

        demoteThere(carol);
        house.compare();

        assertThat(house.facts.accounts.roleOf(carol.id(), HOME)).contains(Role.VIEWER);
        house.worker.deliverDue();
        assertThat(house.user(carol).groups()).containsExactly("system-read-only");
        assertThat(drifts()).containsExactly("other-role");
    }

    /// Attack: an administrator who is demoted there signs in before that is noticed.
    @Test
    void noSignInUndoesADemotionOfWhoeverIsKnownFromHomeAssistantOnly() {
        Account carol = administratorThere();
        house.enter(carol);
        demoteThere(carol);

        house.enter(carol);

        assertThat(house.user(carol).groups()).containsExactly("system-read-only");
        house.compare();
        house.worker.deliverDue();
        assertThat(house.facts.accounts.roleOf(carol.id(), HOME)).contains(Role.VIEWER);
        assertThat(house.facts.accounts.isRoleHeld(carol.id(), HOME)).isFalse();
        assertThat(house.user(carol).groups()).containsExactly("system-read-only");
        assertThat(drifts()).containsExactly("other-role");
    }

    /// As by a password whose user Home Assistant had described just before.
    @Test
    void aRoleOfBeforeThatIsStillOnItsWayUndoesNoSuchDemotionEither() {
        Account carol = administratorThere();
        demoteThere(carol);
        house.compare();
        house.worker.deliverDue();
        house.facts
                .database
                .inTransaction(
                        tx ->
                                house.facts.lifecycle.changeRole(
                                        tx, carol.id(), HOME, Role.ADMIN, AgreementRooms.CAUSE))
                .cut();

        house.worker.deliverDue();

        assertThat(house.user(carol).groups()).containsExactly("system-read-only");
        house.compare();
        assertThat(house.facts.accounts.roleOf(carol.id(), HOME)).contains(Role.VIEWER);
    }

    private Account administratorThere() {
        HomeUser own = house.home.addUser("Carol", "carol", "pw", "system-admin");
        Account carol =
                house.facts.database.inTransaction(
                        tx ->
                                house.facts.accounts.create(
                                        tx, new Profile("carol", "Carol"), AccountOrigin.ADOPTED));
        house.facts.database.change(
                tx -> house.facts.accounts.assignRole(tx, carol.id(), HOME, Role.ADMIN, false));
        attach(carol, own.id());
        return carol;
    }

    private void demoteThere(Account account) {
        house.homeAssistant
                .users()
                .moveTo(house.userId(account.id()), HomeAssistantGroup.READ_ONLY);
    }

    /// Home Assistant was asked while the user slept by our own wish, and answers late.
    @Test
    void aUserWhoIsLetInWhileHomeAssistantIsAskedIsNotTakenForSwitchedOff() throws Exception {
        house.enter(ben);
        house.suspend(ben);
        house.worker.deliverDue();
        house.restore(ben);
        Ambush listing = house.home.faults().ambush("config/auth/list", Moment.AFTER);
        Beside<Boolean> comparison = new Beside<>(house.reconciler::compare);
        listing.await();
        house.home.setActive(house.userId(ben.id()), true);
        boolean isOpen =
                house.signIn.alone(
                        ben.id(),
                        () -> house.homeUsers.open(ben.id(), house.now(ben).epoch(), HOME));
        listing.release();

        assertThat(comparison.result()).isFalse();
        assertThat(isOpen).isTrue();
        assertThat(drifts()).isEmpty();
    }

    /// As by a token that was taken over at the same moment.
    @Test
    void whatIsMadeWhileAUserIsSwitchedOffEndsAtTheNextComparison() {
        Begun in = house.enter(ben);
        house.home.setActive(in.userId(), false);
        house.compare();
        IssuedGrant late = house.facts.issue(house.now(ben), house.facts.begin(ben), "late");

        house.compare();

        assertThat(late.grant().isLive()).isFalse();
        assertThat(drifts()).containsExactly("switched-off");
    }

    /// They were expelled, have a role again, and are on their way in: awake, and not yet open.
    @Test
    void aSignInThatIsHalfDoneIsNoDrift() {
        house.enter(ben);
        house.facts
                .database
                .inTransaction(
                        tx -> house.facts.lifecycle.expel(tx, ben.id(), HOME, AgreementRooms.CAUSE))
                .cut();
        house.worker.deliverDue();
        house.facts.assignRole(ben.id(), Role.USER);
        Begun half = house.begin(ben);
        assertThat(house.homeUsers.closureOf(ben.id(), HOME)).isNotEqualTo(Closure.OPEN);

        house.compareAfterConnecting();

        assertThat(house.finish(half)).isTrue();
        assertThat(drifts()).isEmpty();
        assertThat(isAlive(half.accessToken())).isTrue();
    }

    @Test
    void whoeverIsOnTheirWayInIsJudgedAfterwards() throws Exception {
        Begun in = house.enter(ben);
        Ambush preparing = house.home.faults().ambush("config/auth/list", Moment.BEFORE);
        var signIn = new Beside<>(() -> house.begin(ben));
        preparing.await();
        house.home.setActive(in.userId(), false);

        assertThat(house.reconciler.compare()).isFalse();
        assertThat(in.grant().grant().isLive()).isTrue();
        preparing.release();
        signIn.awaitDoneOrLockedOut();

        house.compare();
        assertThat(in.grant().grant().isLive()).isFalse();
    }

    /// Half an answer must not end everybody's access.
    @Test
    void aListWithoutAnyActiveAdministratorIsNotBelieved() {
        Begun in = house.enter(ben);
        house.home.deleteUser(in.userId());
        house.home.setActive(house.home.userNamed("Owner").orElseThrow().id(), false);

        assertThat(house.reconciler.compare()).isFalse();

        assertThat(in.grant().grant().isLive()).isTrue();
    }

    @Test
    void nothingIsDecidedWhereHomeAssistantDoesNotAnswer() {
        Begun in = house.enter(ben);
        house.home.setActive(in.userId(), false);
        house.home.faults().failCommand("config/auth/list", "unknown_error");

        assertThat(house.reconciler.compare()).isFalse();
        assertThat(in.grant().grant().isLive()).isTrue();

        house.home.faults().clear();
        house.compare();
        assertThat(in.grant().grant().isLive()).isFalse();
    }

    @Test
    void nothingIsAskedWhileHomeAssistantIsAway() {
        Begun in = house.enter(ben);
        house.home.setActive(in.userId(), false);
        house.home.stop();
        Eventually.holds(() -> !isConnected(), house.homeAssistant::status);

        house.compare();
        assertThat(in.grant().grant().isLive()).isTrue();

        house.home.startAgain();
        awaitConnection();
        house.compareAfterConnecting();
        assertThat(in.grant().grant().isLive()).isFalse();
    }

    @Test
    void aLostEventIsMadeUpForByTheNextComparison() {
        Begun in = house.enter(ben);
        house.home.setActive(in.userId(), false);
        Duration soon = Duration.ofMillis(5);

        try (var often = house.newReconciler(new HomeReconciler.Rhythm(soon, soon, soon, soon))) {
            often.start();
            Eventually.holds(() -> !in.grant().grant().isLive(), this::drifts);
        }
    }

    @Test
    void thousandsOfUsersAreComparedByOneQuestion() {
        Begun in = house.enter(ben);
        moveIn(3_000);
        house.home.setActive(in.userId(), false);
        house.home.record().clear();

        house.compare();

        assertThat(in.grant().grant().isLive()).isFalse();
        assertThat(drifts()).containsExactly("switched-off");
        assertThat(house.home.record().socketMessages())
                .filteredOn(message -> message.contains("config/auth/list"))
                .hasSize(1);
    }

    /// One transaction each: whoever waits for all of them at once waits too long on a slow
    /// machine.
    private void moveIn(int count) {
        for (int i = 0; i < count; i++) {
            Profile profile = new Profile("u" + i, "U" + i);
            String userId =
                    house.homeAssistant
                            .users()
                            .create("U" + i, HomeAssistantGroup.USERS, false)
                            .id();
            house.facts.database.change(
                    tx -> {
                        Account account =
                                house.facts.accounts.create(tx, profile, AccountOrigin.ADOPTED);
                        house.facts.accounts.assignRole(tx, account.id(), HOME, Role.USER, false);
                        house.homeUsers.attach(
                                tx, account.id(), HOME, userId, Actor.CONSOLE, Inheritance.NOTHING);
                    });
        }
    }

    private void attach(Account account, String userId) {
        AttachResult result =
                house.signIn.attach(
                        account.id(),
                        userId,
                        Actor.CONSOLE,
                        new StoreAttachment(house.facts.database, house.homeUsers));
        assertThat(result).isEqualTo(new AttachResult.Attached(0, 0, ""));
    }

    private void awaitConnection() {
        Eventually.holds(this::isConnected, house.homeAssistant::status);
    }

    private boolean isConnected() {
        return house.homeAssistant.status()
                instanceof dev.vestibule.homeassistant.HomeAssistantStatus.Connected;
    }

    private boolean isTurnedAway(Account account) {
        return house.facts.database.read(
                handle -> house.facts.lifecycle.isTurnedAway(handle, account.id(), HOME));
    }

    private Standing standing(Account account) {
        return house.homeUsers.standingOf(account.id(), HOME);
    }

    /// What the audit log has of it.
    private List<String> drifts() {
        return house.facts.audit.newest(10_000).stream()
                .filter(line -> line.kind().equals("HomeUserDrifted"))
                .map(AuditLog.Line::detail)
                .map(detail -> detail.replaceAll(".*\"what\":\"([a-z-]+)\".*", "$1"))
                .toList();
    }

    private boolean isAlive(Secret accessToken) {
        return house.homeAssistant.tokenProbe().ask(accessToken, InetAddress.getLoopbackAddress())
                instanceof TokenProbeResult.Alive;
    }
}
