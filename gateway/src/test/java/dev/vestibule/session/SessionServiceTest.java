package dev.vestibule.session;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.config.SessionConfig;
import dev.vestibule.revocation.Cause;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SessionService.NewSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class SessionServiceTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

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

        try {
            assertThat(facts.sessions.find(HOME, "x".repeat(43))).isEmpty();
        } finally {
            mayGoOn.countDown();
        }
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
        facts.lifecycle.suspend(readBefore.id(), SuspendedBy.OPERATOR, CAUSE);
        facts.lifecycle.restore(readBefore.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(
                        facts.sessions.begin(
                                readBefore,
                                new Beginning(
                                        HOME,
                                        TestFacts.ISSUER,
                                        "",
                                        SignInWay.PROVIDER,
                                        facts.clock.instant(),
                                        Lifetimes.NEVER,
                                        Reach.ANYWHERE,
                                        "192.0.2.1",
                                        "a browser")))
                .isEmpty();
    }

    @Test
    void aShortIdleTimeoutCountsAlsoForWhatIsInMemory() {
        SessionService sessions = withConfig(Duration.ofMinutes(2), 100);
        NewSession begun = begin(sessions, facts.admit("ada"));

        facts.clock.advance(Duration.ofMinutes(2).plusSeconds(1));

        assertThat(sessions.find(HOME, begun.cookie().reveal())).isEmpty();
    }

    @Test
    void aSessionInUseIsNotIdleHoweverShortTheTimeout() {
        SessionService sessions = withConfig(Duration.ofMinutes(2), 100);
        NewSession begun = begin(sessions, facts.admit("ada"));

        for (int i = 0; i < 20; i++) {
            facts.clock.advance(Duration.ofSeconds(50));
            assertThat(sessions.find(HOME, begun.cookie().reveal())).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "null",
                "../../etc/passwd",
                "' OR 1=1 --",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            })
    void aCookieThatWasNeverOursIsNobodys(String cookie) {
        facts.begin(facts.admit("ada"));

        assertThat(facts.sessions.find(HOME, cookie)).isEmpty();
        assertThat(facts.sessions.findCached(HOME, cookie)).isEmpty();
    }

    @Test
    void onePersonHasOnlySoManySessionsAndTheOneNotUsedForTheLongestGoes() {
        SessionService sessions = withConfig(Duration.ofDays(14), 3);
        Account ada = facts.admit("ada");
        NewSession bobs = begin(sessions, facts.admit("bob"));
        List<NewSession> begun = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            facts.clock.advance(Duration.ofMinutes(10));
            begun.add(begin(sessions, ada));
        }
        facts.clock.advance(Duration.ofMinutes(10));
        assertThat(sessions.find(HOME, begun.getFirst().cookie().reveal())).isPresent();

        List<SessionService.Surplus> surplus =
                facts.database.inTransaction(tx -> sessions.deleteSurplusOf(tx, ada.id()));

        assertThat(surplus)
                .extracting(SessionService.Surplus::id)
                .containsExactly(begun.get(1).session().id());
        assertThat(sessions.find(HOME, begun.getFirst().cookie().reveal())).isPresent();
        assertThat(sessions.find(HOME, bobs.cookie().reveal())).isPresent();
    }

    private SessionService withConfig(Duration idleTimeout, int perAccount) {
        return new SessionService(
                facts.clock,
                facts.secrets,
                facts.database,
                new SessionStore((_, _) -> false),
                Map.of(HOME, new SessionConfig(idleTimeout, Duration.ofDays(90))),
                perAccount);
    }

    private NewSession begin(SessionService sessions, Account account) {
        return sessions.begin(
                        account,
                        new Beginning(
                                HOME,
                                TestFacts.ISSUER,
                                "",
                                SignInWay.PROVIDER,
                                facts.clock.instant(),
                                Lifetimes.NEVER,
                                Reach.ANYWHERE,
                                "192.0.2.1",
                                "a browser"))
                .orElseThrow();
    }

    @Test
    void sweepsOutWhatHasRunOut() {
        facts.begin(facts.admit("ada"));
        facts.clock.advance(Duration.ofDays(15));
        facts.begin(facts.admit("bob"));

        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isEqualTo(1);
    }
}
