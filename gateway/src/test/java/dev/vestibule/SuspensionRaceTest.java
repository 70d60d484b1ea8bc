package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.Ambush.Moment;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Whoever comes in while they are being shut out: at every step that Home Assistant sees, before
/// it is done and after, and at moments in between. Nothing live is left behind, here or there.
class SuspensionRaceTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");
    private static final int STEPS_MAX = 60;
    private static final int MOMENTS = 12;

    private final TestHouse house = new TestHouse();
    private final List<Visit> visits = new ArrayList<>();
    private int people;

    @AfterEach
    void close() {
        visits.forEach(Visit::close);
        house.close();
    }

    /// Somebody's browser, and everything that was handed to it.
    final class Visit implements AutoCloseable {
        private final String name = "p" + people++;
        private final VisitorBrowser browser = new VisitorBrowser();
        private final List<String> accessTokens = new ArrayList<>();
        private final List<String> refreshTokens = new ArrayList<>();
        private final List<VisitorSocket> sockets = new ArrayList<>();

        Visit() {
            house.provider().addPerson(Person.of(name, name).withGroups("family"));
            house.provider().signInAutomaticallyAs(name);
            visits.add(this);
        }

        /// @return the code; empty where there is none
        Optional<String> askForCode() {
            Answer answer = browser.walk(house.authorizeAddress(), house.landing());
            return answer.location().startsWith(house.landing())
                    ? Optional.of(GatewayHouse.codeIn(answer))
                    : Optional.empty();
        }

        void redeem(String code) {
            keep(
                    browser.postForm(
                            house.at("/auth/token"),
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "code",
                                    code,
                                    "client_id",
                                    house.clientId())));
        }

        void refresh() {
            keep(house.refresh(browser, refreshTokens.getLast(), house.clientId()));
        }

        private void keep(Answer answer) {
            if (answer.status() == 200) {
                var tokens = GatewayHouse.json(answer);
                accessTokens.add(tokens.path("access_token").asText());
                if (tokens.has("refresh_token")) {
                    refreshTokens.add(tokens.path("refresh_token").asText());
                }
            }
        }

        void signIn() {
            askForCode().ifPresent(this::redeem);
        }

        void openSocket() {
            VisitorSocket socket = house.openSocket(browser);
            sockets.add(socket);
            try {
                socket.authenticate(accessTokens.getLast());
            } catch (VisitorFailed closed) {
                // Then it is closed, which is looked at afterwards.
            }
        }

        void suspend() {
            Optional<Account> account =
                    house.gateway().accounts().list().stream()
                            .filter(found -> found.username().equals(name))
                            .findFirst();
            account.ifPresent(
                    found ->
                            assertThat(
                                            house.gateway()
                                                    .facts()
                                                    .lifecycle()
                                                    .suspend(
                                                            found.id(),
                                                            SuspendedBy.OPERATOR,
                                                            CAUSE))
                                    .isInstanceOf(SuspendResult.Suspended.class));
        }

        void endGrants() {
            var facts = house.gateway().facts();
            facts.grants().list().stream()
                    .filter(grant -> !grant.accountId().isEmpty())
                    .forEach(
                            grant ->
                                    assertThat(facts.sessionLifecycle().endGrant(grant.id(), CAUSE))
                                            .isTrue());
        }

        void endSessions() {
            AccountId account =
                    house.gateway().accounts().list().stream()
                            .filter(found -> found.username().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .id();
            var facts = house.gateway().facts();
            assertThat(
                            facts.sessionLifecycle()
                                    .endSessions(
                                            tx ->
                                                    Optional.of(
                                                            facts.sessions()
                                                                    .ofIssuer(
                                                                            tx, account, issuer())),
                                            CAUSE))
                    .isTrue();
        }

        private Issuer issuer() {
            return new Issuer(house.provider().issuer().toString());
        }

        void expectNothingLive(String when) {
            for (String token : accessTokens) {
                assertThat(house.get(browser, "/api/config", token).status())
                        .as("access token " + when)
                        .isEqualTo(401);
            }
            for (String token : refreshTokens) {
                assertThat(house.refresh(browser, token, house.clientId()).body())
                        .as("refresh token " + when)
                        .contains("invalid_grant");
            }
            for (VisitorSocket socket : sockets) {
                assertThat(socket.awaitClose()).as("close code " + when).isIn(1008, 1013);
            }
            house.provider().signInAutomaticallyAs(name);
            Answer again = browser.walk(house.authorizeAddress(), house.landing());
            assertThat(again.status()).as("sign-in " + when).isEqualTo(403);
        }

        @Override
        public void close() {
            sockets.forEach(VisitorSocket::close);
            browser.http().shutdownNow();
            browser.close();
        }
    }

    /// What somebody does when they are shut out.
    enum Walk {
        SIGN_IN {
            @Override
            void prepare(Visit visit) {
                // With an account, so that there is somebody to shut out from the first step on.
                visit.signIn();
            }

            @Override
            void go(Visit visit) {
                visit.signIn();
            }
        },
        FIRST_SIGN_IN {
            @Override
            void prepare(Visit visit) {}

            @Override
            void go(Visit visit) {
                visit.signIn();
            }
        },
        TOKEN_REFRESH {
            @Override
            void prepare(Visit visit) {
                visit.signIn();
            }

            @Override
            void go(Visit visit) {
                visit.refresh();
            }
        },
        SOCKET_UPGRADE {
            @Override
            void prepare(Visit visit) {
                visit.signIn();
            }

            @Override
            void go(Visit visit) {
                visit.openSocket();
            }
        };

        abstract void prepare(Visit visit);

        abstract void go(Visit visit);
    }

    static Stream<Arguments> walksAndMoments() {
        return Arrays.stream(Walk.values())
                .flatMap(
                        walk ->
                                Arrays.stream(Moment.values())
                                        .map(moment -> Arguments.of(walk, moment)));
    }

    @ParameterizedTest
    @MethodSource("walksAndMoments")
    void nothingLiveIsLeftBehindAtAnyStep(Walk walk, Moment moment) {
        int step = 1;
        while (raceAt(walk, step, moment)) {
            step++;
            assertThat(step).as("steps").isLessThan(STEPS_MAX);
        }
        assertThat(step).as("steps of " + walk).isGreaterThan(1);
        expectHomeAssistantAgrees();
    }

    /// @return false where the walk has no such step
    private boolean raceAt(Walk walk, int step, Moment moment) {
        Visit visit = new Visit();
        walk.prepare(visit);
        Ambush ambush = house.homeAssistant().faults().ambush("", step, moment);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(
                        () -> walk.go(visit), Executors.newVirtualThreadPerTaskExecutor());
        await(() -> ambush.isSprung() || walking.isDone());
        boolean isThere = ambush.isSprung();
        visit.suspend();
        ambush.release();
        walking.join();
        // On a first sign-in nobody may have been there to be shut out.
        if (isKnownAndActive(visit)) {
            visit.suspend();
        }
        visit.expectNothingLive("at step " + step + " " + moment + " of " + walk);
        return isThere;
    }

    private boolean isKnownAndActive(Visit visit) {
        return house.gateway().accounts().list().stream()
                .filter(found -> found.username().equals(visit.name))
                .anyMatch(Account::isActive);
    }

    @ParameterizedTest
    @EnumSource(value = Walk.class, mode = EnumSource.Mode.EXCLUDE, names = "FIRST_SIGN_IN")
    void nothingLiveIsLeftBehindAtAnyMoment(Walk walk) {
        Visit measured = new Visit();
        walk.prepare(measured);
        long begun = System.nanoTime();
        walk.go(measured);
        long whole = System.nanoTime() - begun;
        for (int moment = 0; moment < MOMENTS; moment++) {
            Visit visit = new Visit();
            walk.prepare(visit);
            CompletableFuture<Void> walking =
                    CompletableFuture.runAsync(
                            () -> walk.go(visit), Executors.newVirtualThreadPerTaskExecutor());
            LockSupport.parkNanos(whole * moment / MOMENTS);
            visit.suspend();
            walking.join();
            visit.expectNothingLive("at moment " + moment + " of " + walk);
        }
        measured.suspend();
        expectHomeAssistantAgrees();
    }

    /// A token that is dead when it arrives would do no harm; whoever gets it would believe in it.
    @Test
    void noTokenIsGivenForARefreshDuringWhichAccessEnded() {
        Visit visit = new Visit();
        visit.signIn();

        whileHeld("POST /auth/token", visit::refresh, visit::suspend);

        assertThat(visit.accessTokens).hasSize(1);
    }

    @Test
    void noTokenIsGivenForACodeWhoseGrantEndedBeforeTheAnswerLeft() {
        Visit visit = new Visit();
        String code = visit.askForCode().orElseThrow();

        whileHeld("auth/current_user", () -> visit.redeem(code), visit::endGrants);

        assertThat(visit.accessTokens).isEmpty();
    }

    @Test
    void noTokenIsGivenForACodeWhoseSessionEndedBeforeItsGrantWasMade() {
        Visit visit = new Visit();
        String code = visit.askForCode().orElseThrow();

        whileHeld("POST /auth/token", () -> visit.redeem(code), visit::endSessions);

        assertThat(visit.accessTokens).isEmpty();
        await(() -> house.gateway().facts().outbox().list().isEmpty());
        for (HomeUser user : house.homeAssistant().users()) {
            if (user.name().equals(visit.name)) {
                assertThat(house.homeAssistant().refreshTokenIds(user.id())).isEmpty();
            }
        }
    }

    /// @param step of Home Assistant, whose answer is held back
    private void whileHeld(String step, Runnable walk, Runnable end) {
        Ambush ambush = house.homeAssistant().faults().ambush(step, Moment.AFTER);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(walk, Executors.newVirtualThreadPerTaskExecutor());
        ambush.await();
        end.run();
        ambush.release();
        walking.join();
    }

    private void expectHomeAssistantAgrees() {
        await(() -> house.gateway().facts().outbox().list().isEmpty());
        List<HomeUser> ours =
                house.homeAssistant().users().stream()
                        .filter(user -> user.name().matches("p\\d+|vst-.*"))
                        .toList();
        assertThat(ours).isNotEmpty();
        for (HomeUser user : ours) {
            assertThat(house.homeAssistant().refreshTokenIds(user.id()))
                    .as("tokens of " + user.name())
                    .isEmpty();
            assertThat(house.homeAssistant().openSocketsOf(user.id()))
                    .as("sockets of " + user.name())
                    .isZero();
        }
        // One that was only begun has no way in, and is found by its name when it is wanted.
        assertThat(ours)
                .filteredOn(user -> user.isActive() && !user.usernames().isEmpty())
                .as("somebody can sign in as they")
                .isEmpty();
    }
}
