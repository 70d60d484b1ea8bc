package dev.vestibule.grant;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantService.Existing;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.outbox.OutboxTask;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionService.NewSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

class GrantServiceTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final TestFacts facts = new TestFacts();
    private final Account ada = facts.admit("ada");
    private final NewSession session = facts.begin(ada);

    @AfterEach
    void close() {
        facts.close();
    }

    @Test
    void recognisesTheAccessTokenThatPassedThrough() {
        IssuedGrant issued = facts.issue(ada, session, "1");

        assertThat(facts.grants.recognise(HOME, "access-1"))
                .hasValueSatisfying(grant -> assertThat(grant.id()).isEqualTo(issued.grant().id()));
        assertThat(facts.grants.recognise(HOME, "access-2")).isEmpty();
        assertThat(facts.grants.recognise(new HomeId("cabin"), "access-1")).isEmpty();
    }

    @Test
    void recognisesNoAccessTokenThatHasRunOut() {
        facts.issue(ada, session, "1");

        facts.clock.advance(Duration.ofMinutes(30));

        assertThat(facts.grants.recognise(HOME, "access-1")).isEmpty();
    }

    @Test
    void recognisesNothingAfterARestartButFindsTheGrantOfATokenId() {
        IssuedGrant issued = facts.issue(ada, session, "1");
        GrantService restarted = facts.newGrants();

        assertThat(restarted.recognise(HOME, "access-1")).isEmpty();
        assertThat(restarted.ofTokenId(HOME, "id-1"))
                .hasValueSatisfying(grant -> assertThat(grant.id()).isEqualTo(issued.grant().id()));
    }

    @Test
    void givesTheInnerTokenForOursAndForNothingElse() {
        IssuedGrant issued = facts.issue(ada, session, "1");

        assertThat(facts.grants.findByRefreshToken(HOME, issued.refreshToken()))
                .isInstanceOfSatisfying(
                        RefreshLookup.Found.class,
                        found -> assertThat(found.inner().reveal()).isEqualTo("inner-1"));
        assertThat(facts.grants.findByRefreshToken(HOME, new Secret("inner-1")))
                .isInstanceOf(RefreshLookup.Unknown.class);
    }

    /// Attack: a flood of tokens that somebody made up would keep the one writer busy.
    @Test
    void aMadeUpRefreshTokenCostsTheWriterNothing() {
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () ->
                                facts.database.change(
                                        _ -> {
                                            isBusy.countDown();
                                            awaitQuietly(mayGoOn);
                                        }));
        awaitQuietly(isBusy);
        try {
            assertThat(facts.grants.findByRefreshToken(HOME, new Secret("x".repeat(43))))
                    .isInstanceOf(RefreshLookup.Unknown.class);
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
    void storesNeitherTokenInTheClear() {
        IssuedGrant issued = facts.issue(ada, session, "1");

        String row =
                facts.database.read(
                        handle ->
                                handle.createQuery("SELECT * FROM client_grant")
                                        .mapToMap()
                                        .one()
                                        .toString());
        assertThat(row).doesNotContain("inner-1", "access-1", issued.refreshToken().reveal());
    }

    @Test
    void endsAGrantWhenItsClientRevokesItAndLeavesWordForHomeAssistant() {
        IssuedGrant issued = facts.issue(ada, session, "1");

        facts.sessionLifecycle.endGrant(HOME, issued.refreshToken(), TestFacts.cause());

        assertThat(issued.grant().isLive()).isFalse();
        assertThat(facts.grants.recognise(HOME, "access-1")).isEmpty();
        assertThat(facts.grants.ofTokenId(HOME, "id-1")).isEmpty();
        assertThat(facts.grants.findByRefreshToken(HOME, issued.refreshToken()))
                .isInstanceOf(RefreshLookup.Ended.class);
        assertThat(facts.outbox.due(HOME, 9))
                .extracting(OutboxItem::task)
                .containsExactly(new OutboxTask.RevokeToken(new Secret("inner-1")));
    }

    @Test
    void takesBackWhatWasIssuedToAPersonWhoseAccessHasEnded() {
        facts.lifecycle.suspend(ada.id(), SuspendedBy.OPERATOR, CAUSE);

        Optional<IssuedGrant> issued =
                facts.grants.issue(
                        new ForClient(
                                HOME,
                                ada,
                                Optional.of(session.session().id()),
                                "https://x/",
                                "https://x/",
                                AskedFrom.NOWHERE,
                                "192.0.2.1"),
                        facts.upstream("late"));

        assertThat(issued).isEmpty();
        assertThat(facts.grants.recognise(HOME, "access-late")).isEmpty();
        assertThat(facts.outbox.due(HOME, 9))
                .extracting(OutboxItem::task)
                .containsExactly(new OutboxTask.RevokeToken(new Secret("inner-late")));
    }

    @Test
    void keepsAServiceWaitingUntilItIsApproved() {
        Secret cast = new Secret("cast-refresh-token");
        facts.grants.adopt(
                new Existing(
                        HOME,
                        new GrantOwner.Service(),
                        "id-cast",
                        "",
                        "Home Assistant Cast",
                        "192.0.2.9"),
                cast);

        assertThat(facts.grants.findByRefreshToken(HOME, cast))
                .isInstanceOf(RefreshLookup.Waiting.class);
        assertThat(facts.grants.ofTokenId(HOME, "id-cast")).isEmpty();

        GrantSummary waiting = facts.grants.list().getFirst();
        assertThat(waiting.isWaiting()).isTrue();
        facts.clock.advance(Duration.ofMillis(1));
        Actor somebody = new Actor("account ada", "192.0.2.7");
        assertThat(facts.grants.approve(waiting.id(), HOME, somebody)).isTrue();
        assertThat(facts.audit.newest(1).getFirst().address()).isEqualTo("192.0.2.7");
        assertThat(facts.audit.newest(1).getFirst().detail()).contains("\"by\":\"account ada\"");

        assertThat(facts.grants.findByRefreshToken(HOME, cast))
                .isInstanceOf(RefreshLookup.Found.class);
        assertThat(facts.grants.approve(waiting.id(), HOME, Actor.CONSOLE)).isFalse();
    }
}
