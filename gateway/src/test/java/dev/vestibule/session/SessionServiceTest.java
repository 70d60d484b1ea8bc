package dev.vestibule.session;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;
import dev.vestibule.revocation.AccountLifecycle.Cause;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.NewSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class SessionServiceTest {

    private static final Cause CAUSE = new Cause("console", "a test", "console");

    private final TestFacts facts = new TestFacts();

    @AfterEach
    void close() {
        facts.close();
    }

    @Test
    void findsASessionByItsCookieAlsoAfterARestart() {
        NewSession begun = facts.begin(facts.admit("ada"));

        assertThat(facts.newSessions().find(HOME, begun.cookie().reveal()))
                .hasValueSatisfying(
                        found -> assertThat(found.id()).isEqualTo(begun.session().id()));
    }

    @Test
    void storesNoCookie() {
        NewSession begun = facts.begin(facts.admit("ada"));

        String stored =
                facts.database.read(
                        handle ->
                                handle.createQuery("SELECT token_hash FROM session")
                                        .mapTo(String.class)
                                        .one());
        assertThat(stored).hasSize(64).isNotEqualTo(begun.cookie().reveal());
    }

    /// Attack: a flood of cookies that somebody made up would keep the one writer busy.
    @Test
    void aMadeUpCookieCostsTheWriterNothing() throws InterruptedException {
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Thread writing =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        facts.database.change(
                                                _ -> {
                                                    isBusy.countDown();
                                                    awaitQuietly(mayGoOn);
                                                }));
        isBusy.await();

        assertThat(facts.sessions.find(HOME, "x".repeat(43))).isEmpty();

        mayGoOn.countDown();
        writing.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void findsNothingForAnotherCookieOrAnotherHome() {
        NewSession begun = facts.begin(facts.admit("ada"));

        assertThat(facts.sessions.find(HOME, "x".repeat(43))).isEmpty();
        assertThat(facts.sessions.find(new HomeId("cabin"), begun.cookie().reveal())).isEmpty();
    }

    @Test
    void endsWhatWasNotUsedForLong() {
        NewSession begun = facts.begin(facts.admit("ada"));

        facts.clock.advance(Duration.ofDays(14).plusSeconds(1));

        assertThat(facts.sessions.find(HOME, begun.cookie().reveal())).isEmpty();
    }

    @Test
    void keepsWhatIsUsedAndEndsItAfterItsLifetimeAllTheSame() {
        NewSession begun = facts.begin(facts.admit("ada"));

        for (int days = 0; days < 88; days += 8) {
            facts.clock.advance(Duration.ofDays(8));
            assertThat(facts.sessions.find(HOME, begun.cookie().reveal())).isPresent();
        }
        facts.clock.advance(Duration.ofDays(3));

        assertThat(facts.sessions.find(HOME, begun.cookie().reveal())).isEmpty();
    }

    @Test
    void beginsNothingForAnAccountWhoseAccessEndedMeanwhile() {
        Account readBefore = facts.admit("ada");
        facts.lifecycle.suspend(readBefore.id(), CAUSE);
        facts.lifecycle.restore(readBefore.id(), CAUSE);

        assertThat(
                        facts.sessions.begin(
                                readBefore,
                                new Beginning(
                                        HOME,
                                        TestFacts.ISSUER,
                                        "",
                                        facts.clock.instant(),
                                        "192.0.2.1",
                                        "a browser")))
                .isEmpty();
    }

    @Test
    void sweepsOutWhatHasRunOut() {
        facts.begin(facts.admit("ada"));
        facts.clock.advance(Duration.ofDays(15));
        facts.begin(facts.admit("bob"));

        assertThat(facts.sessions.sweep()).isEqualTo(1);
    }
}
