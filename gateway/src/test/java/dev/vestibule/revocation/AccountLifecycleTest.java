package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.provisioning.Inheritance.NOTHING;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountState;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Role;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.session.SessionService.NewSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

class AccountLifecycleTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final TestFacts facts = new TestFacts();
    private final HomeUserStore homeUsers =
            new HomeUserStore(facts.clock, facts.secrets, facts.database, facts.audit);
    private final Account ada = facts.admit("ada");
    private final NewSession session = facts.begin(ada);
    private final IssuedGrant grant = facts.issue(ada, session, "1");

    @AfterEach
    void close() {
        facts.close();
    }

    @Test
    void aSuspensionEndsEverythingOfThePerson() {
        List<Cut> cuts = new ArrayList<>();
        session.session().connections().register(cuts::add);
        grant.grant().connections().register(cuts::add);

        assertThat(facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE))
                .isInstanceOf(SuspendResult.Suspended.class);

        assertThat(cuts).containsExactly(Cut.SUSPENDED, Cut.SUSPENDED);
        assertThat(facts.sessions.find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.newSessions().find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.grants.recognise(HOME, "access-1")).isEmpty();
        assertThat(facts.newGrants().ofTokenId(HOME, "id-1")).isEmpty();
    }

    @Test
    void aDemotionClosesWhatIsOpenAndEndsNothing() {
        facts.assignRole(ada.id(), Role.ADMIN);
        List<Cut> cuts = new ArrayList<>();
        session.session().connections().register(cuts::add);
        grant.grant().connections().register(cuts::add);

        changeRole(Role.USER);

        assertThat(cuts).containsExactly(Cut.DEMOTED, Cut.DEMOTED);
        assertThat(session.session().isLive()).isTrue();
        assertThat(grant.grant().isLive()).isTrue();
    }

    /// Home Assistant still has them for an administrator.
    @Test
    void whoeverIsHeldStaysSoOverALaterPromotionAndARestart() {
        facts.assignRole(ada.id(), Role.ADMIN);
        facts.database.change(
                tx -> homeUsers.attach(tx, ada.id(), HOME, "user", Actor.CONSOLE, NOTHING));
        changeRole(Role.VIEWER);
        changeRole(Role.USER);

        assertThat(facts.accounts.isRoleHeld(ada.id(), HOME)).isTrue();
        assertThat(
                        new AccountStore(facts.clock, facts.secrets, facts.database, Set.of(HOME))
                                .isRoleHeld(ada.id(), HOME))
                .as("after a restart")
                .isTrue();
    }

    private void changeRole(Role role) {
        var _ =
                facts.database.inTransaction(
                        tx -> facts.lifecycle.changeRole(tx, ada.id(), HOME, role, CAUSE),
                        Ended::cut);
    }

    @Test
    void aSuspensionLeavesOtherPeopleAlone() {
        Account bob = facts.admit("bob");
        NewSession bobs = facts.begin(bob);
        facts.issue(bob, bobs, "2");

        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(facts.sessions.find(HOME, bobs.cookie().reveal())).isPresent();
        assertThat(facts.grants.recognise(HOME, "access-2")).isPresent();
    }

    @Test
    void aRestoredPersonSignsInAnewAndNothingOldRevives() {
        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, CAUSE)).isTrue();

        assertThat(facts.sessions.find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.grants.findByRefreshToken(HOME, grant.refreshToken()))
                .isInstanceOf(RefreshLookup.Ended.class);
        assertThat(facts.admit("ada").isActive()).isTrue();
    }

    @Test
    void theEndOfASessionTakesItsOwnGrantsAndNoOthers() {
        NewSession phone = facts.begin(ada);
        facts.issue(ada, phone, "2");

        facts.sessionLifecycle.endSession(session.session(), CAUSE);

        assertThat(facts.sessions.find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.grants.recognise(HOME, "access-1")).isEmpty();
        assertThat(facts.sessions.find(HOME, phone.cookie().reveal())).isPresent();
        assertThat(facts.grants.recognise(HOME, "access-2")).isPresent();
    }

    @Test
    void theSecondSuspensionAndTheSecondRestorationChangeNothing() {
        assertThat(facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE))
                .isInstanceOf(SuspendResult.Suspended.class);
        assertThat(facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE))
                .isInstanceOf(SuspendResult.AlreadySuspended.class);
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, CAUSE)).isTrue();
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, CAUSE)).isFalse();
    }

    @Test
    void whoeverSuspendedSomebodyTakesBackTheirOwnWordOnly() {
        facts.lifecycle.suspend(ada.id(), SuspendedBy.PROVIDER, CAUSE);
        assertThat(facts.lifecycle.suspend(ada.id(), SuspendedBy.SCIM, CAUSE))
                .isInstanceOf(SuspendResult.AlreadySuspended.class);

        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.SCIM, CAUSE)).isFalse();
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.SCIM, CAUSE)).isFalse();
        assertThat(state()).isEqualTo(AccountState.SUSPENDED);
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.PROVIDER, CAUSE)).isTrue();
        assertThat(state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void nobodyTakesTheOperatorsWordBackAndTheOperatorTakesBackEveryones() {
        for (SuspendedBy word : SuspendedBy.values()) {
            facts.lifecycle.suspend(ada.id(), word, CAUSE);
        }

        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.PROVIDER, CAUSE)).isFalse();
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.SCIM, CAUSE)).isFalse();
        facts.lifecycle.suspend(ada.id(), SuspendedBy.SCIM, CAUSE);
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, CAUSE)).isTrue();

        assertThat(state()).isEqualTo(AccountState.ACTIVE);
        facts.lifecycle.suspend(ada.id(), SuspendedBy.PROVIDER, CAUSE);
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.PROVIDER, CAUSE))
                .as("an older word is left")
                .isTrue();
    }

    private AccountState state() {
        return facts.accounts.find(ada.id()).orElseThrow().state();
    }

    @Test
    void whoIsRemovedIsOutForGoodAndWhoComesAgainIsSomebodyNew() {
        List<Cut> cuts = new ArrayList<>();
        grant.grant().connections().register(cuts::add);

        assertThat(facts.lifecycle.remove(ada.id(), CAUSE))
                .isInstanceOf(RemoveResult.Removed.class);

        assertThat(cuts).containsExactly(Cut.SUSPENDED);
        assertThat(facts.newSessions().find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.newGrants().ofTokenId(HOME, "id-1")).isEmpty();
        assertThat(facts.lifecycle.restore(ada.id(), SuspendedBy.OPERATOR, CAUSE)).isFalse();
        assertThat(facts.lifecycle.remove(ada.id(), CAUSE))
                .isInstanceOf(RemoveResult.NoSuchAccount.class);
        Account again = facts.admit("ada");
        assertThat(again.id()).isNotEqualTo(ada.id());
        assertThat(facts.grants.findByRefreshToken(HOME, grant.refreshToken()))
                .isInstanceOf(RefreshLookup.Ended.class);
    }

    @Test
    void whoWasSuspendedCanBeRemoved() {
        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(facts.lifecycle.remove(ada.id(), CAUSE))
                .isInstanceOf(RemoveResult.Removed.class);

        assertThat(facts.accounts.find(ada.id()).orElseThrow().isHere()).isFalse();
    }

    @Test
    void whoIsSuspendedCanBeRemovedThoughNobodyElseAdministers() {
        Account bob = facts.admit("bob");
        facts.assignRole(ada.id(), Role.ADMIN);
        facts.assignRole(bob.id(), Role.ADMIN);
        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE);
        facts.assignRole(bob.id(), Role.USER);

        assertThat(facts.lifecycle.remove(ada.id(), CAUSE))
                .isInstanceOf(RemoveResult.Removed.class);
    }

    @Test
    void theLastAdministratorIsNotRemoved() {
        facts.assignRole(ada.id(), Role.ADMIN);

        assertThat(facts.lifecycle.remove(ada.id(), CAUSE))
                .isInstanceOf(RemoveResult.LastAdministrator.class);

        assertThat(facts.grants.recognise(HOME, "access-1")).isPresent();
    }

    @Test
    void whoSignsOutEverywhereMayComeAgainAtOnce() {
        NewSession other = facts.begin(ada);

        facts.lifecycle.signOutEverywhere(ada.id(), CAUSE);

        assertThat(session.session().isLive()).isFalse();
        assertThat(other.session().isLive()).isFalse();
        assertThat(grant.grant().isLive()).isFalse();
        assertThat(facts.tokensToEnd()).containsExactly("inner-1");
        assertThat(facts.tryBegin(ada)).as("a sign-in of before").isEmpty();
        assertThat(facts.tryBegin(facts.admit("ada"))).isPresent();
    }

    @Test
    void nobodyWithoutARoleIsGivenAnything() {
        facts.dropRole(ada.id());

        assertThat(facts.tryIssue(ada, session, "2")).isEmpty();
    }

    @Test
    void aGrantThatDoesNotOpenKeepsNobodyIn() {
        facts.database.change(
                tx -> tx.execute("UPDATE client_grant SET inner_sealed = 'v1.00000000.AAAA'"));

        assertThat(facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE))
                .isInstanceOf(SuspendResult.Suspended.class);

        assertThat(facts.sessions.find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.grants.recognise(HOME, "access-1")).isEmpty();
        assertThat(facts.accounts.find(ada.id()).orElseThrow().isActive()).isFalse();
    }

    @Test
    void oneSessionTooManyTakesTheOldestWithItsGrants() {
        for (int i = 0; i < 100; i++) {
            facts.clock.advance(Duration.ofSeconds(1));
            facts.begin(ada);
        }

        facts.database
                .inTransaction(tx -> facts.sessionLifecycle.crowdOut(tx, ada.id(), CAUSE))
                .cut();

        assertThat(facts.sessions.find(HOME, session.cookie().reveal())).isEmpty();
        assertThat(facts.grants.recognise(HOME, "access-1")).isEmpty();
        assertThat(facts.tokensToEnd()).containsExactly("inner-1");
    }

    /// Attack F13: whichever comes first, nobody who is suspended holds anything afterwards, and
    /// what Home Assistant gave meanwhile is on its way to be revoked.
    @Test
    void aSuspensionWinsEveryRaceWithASignIn() throws Exception {
        for (int i = 0; i < 40; i++) {
            String name = "racer-" + i;
            Account racer = facts.admit(name);
            CountDownLatch start = new CountDownLatch(1);
            AtomicReference<Optional<NewSession>> begun = new AtomicReference<>(Optional.empty());
            AtomicReference<Optional<IssuedGrant>> issued = new AtomicReference<>(Optional.empty());
            Thread signIn =
                    Thread.startVirtualThread(
                            () -> {
                                await(start);
                                begun.set(facts.tryBegin(racer));
                                begun.get()
                                        .ifPresent(
                                                on -> issued.set(facts.tryIssue(racer, on, name)));
                            });
            Thread suspension =
                    Thread.startVirtualThread(
                            () -> {
                                await(start);
                                facts.lifecycle.suspend(racer.id(), SuspendedBy.OPERATOR, CAUSE);
                            });
            start.countDown();
            signIn.join();
            suspension.join();

            assertThat(begun.get().flatMap(on -> facts.sessions.find(HOME, on.cookie().reveal())))
                    .isEmpty();
            assertThat(facts.grants.recognise(HOME, "access-" + name)).isEmpty();
            issued.get()
                    .ifPresent(
                            grant -> {
                                assertThat(grant.grant().isLive()).isFalse();
                                assertThat(
                                                facts.grants.findByRefreshToken(
                                                        HOME, grant.refreshToken()))
                                        .isInstanceOf(RefreshLookup.Ended.class);
                            });
            if (begun.get().isPresent()) {
                assertThat(facts.tokensToEnd()).contains("inner-" + name);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void everyEndIsInTheAuditLog() {
        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(facts.audit.newest(10))
                .extracting(AuditLog.Line::kind)
                .contains("AccountSuspended", "GrantRevoked", "GrantMade");
        assertThat(facts.audit.newest(10))
                .extracting(AuditLog.Line::detail)
                .anyMatch(detail -> detail.contains("by the operator"));
    }
}
