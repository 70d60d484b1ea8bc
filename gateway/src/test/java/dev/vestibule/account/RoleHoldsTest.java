package dev.vestibule.account;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.TestFacts;
import dev.vestibule.config.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Set;

/// How long somebody whose role became less waits for Home Assistant.
class RoleHoldsTest {

    private final TestFacts facts = new TestFacts();
    private final Account ada = facts.admit("ada");

    @AfterEach
    void close() {
        facts.close();
    }

    /// Home Assistant may agree between the commit and what follows it.
    @Test
    void whatHomeAssistantLearnsBeforeTheHoldIsTakenIsNotHeldForEver() throws Exception {
        Thread agreeing =
                Thread.ofPlatform()
                        .daemon()
                        .unstarted(() -> facts.accounts.roleAgreed(ada.id(), HOME, Role.USER));
        facts.database.inTransaction(
                tx -> {
                    facts.accounts.assignRole(tx, ada.id(), HOME, Role.USER, true);
                    return true;
                },
                _ -> {
                    agreeing.start();
                    Eventually.holds(() -> isDoneOrWaits(agreeing), agreeing::getState);
                    facts.accounts.hold(ada.id(), HOME);
                });
        agreeing.join();

        assertThat(facts.accounts.isRoleHeld(ada.id(), HOME)).isFalse();
    }

    private static boolean isDoneOrWaits(Thread thread) {
        return thread.getState() == Thread.State.TERMINATED
                || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void whatIsHeldIsHeldAfterARestartToo() {
        facts.database.change(tx -> facts.accounts.assignRole(tx, ada.id(), HOME, Role.USER, true));

        AccountStore restarted =
                new AccountStore(facts.clock, facts.secrets, facts.database, Set.of(HOME));

        assertThat(restarted.isRoleHeld(ada.id(), HOME)).isTrue();
        restarted.roleAgreed(ada.id(), HOME, Role.VIEWER);
        assertThat(restarted.isRoleHeld(ada.id(), HOME)).as("another role by now").isTrue();
        restarted.roleAgreed(ada.id(), HOME, Role.USER);
        assertThat(restarted.isRoleHeld(ada.id(), HOME)).isFalse();
    }
}
