package dev.vestibule.adoption;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.adoption.ResidentHouse.PHONE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.Role;
import dev.vestibule.grant.AskedFrom;
import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.grant.RefreshTokenJudge.Result;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.grant.UpstreamTokens;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.testhouse.home.CastTokens;
import dev.vestibule.testhouse.home.Tokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Tokens that are older than the gateway, where they are taken over.
class TokenAdoptionTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private final ResidentHouse house = new ResidentHouse(ExistingTokens.ADOPT);
    private final Tokens phone = house.home.signInDirectly("carol", "a password", PHONE);

    @AfterEach
    void close() {
        house.close();
    }

    private LiveGrant adopt(String accessToken) {
        assertThat(house.judge(accessToken)).isInstanceOf(TokenJudgement.Live.class);
        return house.facts.grants.recognise(HOME, accessToken).orElseThrow();
    }

    private static <T> List<T> atOnce(int times, Callable<T> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        }
    }

    private long questions() {
        return house.home.record().requests().stream()
                .filter(request -> request.target().startsWith("/api/websocket"))
                .count();
    }

    @Test
    void anOldAccessTokenIsAskedAboutOnceAndBecomesAGrantOfItsPerson() {
        house.home.record().clear();

        LiveGrant grant = adopt(phone.accessToken());

        assertThat(questions()).isEqualTo(1);
        assertThat(grant.kind()).isEqualTo(GrantKind.ADOPTED);
        Account carol = house.adoptedAccount();
        assertThat(grant.account()).contains(carol.id());
        assertThat(carol.username()).isEqualTo("carol");
        assertThat(carol.origin()).isEqualTo(AccountOrigin.ADOPTED);
        assertThat(house.facts.accounts.roleOf(carol.id(), HOME)).contains(Role.USER);
        assertThat(house.facts.audit.newest(10))
                .anySatisfy(line -> assertThat(line.kind()).isEqualTo("TokenAdopted"));
    }

    @Test
    void theSameAccessTokenFromManySidesAtOnceIsOneQuestionAndOneGrant() throws Exception {
        house.home.record().clear();
        house.home.faults().slow(Duration.ofMillis(300));

        List<TokenJudgement> judgements = atOnce(12, () -> house.judge(phone.accessToken()));

        assertThat(judgements).allMatch(TokenJudgement.Live.class::isInstance);
        assertThat(house.grants()).hasSize(1);
        assertThat(house.facts.accounts.list()).hasSize(1);
        assertThat(questions()).isLessThanOrEqualTo(2);
    }

    @Test
    void theSameRefreshTokenFromManySidesAtOnceIsOneGrant() throws Exception {
        List<Result> results = atOnce(8, () -> house.refresh(phone.refreshToken(), PHONE));

        assertThat(results).allMatch(Result.Adopted.class::isInstance);
        assertThat(house.grants())
                .singleElement()
                .satisfies(grant -> assertThat(grant.clientId()).isEqualTo(PHONE));
    }

    @Test
    void differentTokensOfOnePersonAtOnceMakeOneAccount() throws Exception {
        Tokens browser = house.home.signInDirectly("carol", "a password", "https://a.example/");
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        List<String> tokens = List.of(phone.accessToken(), browser.accessToken(), script);

        List<TokenJudgement> judgements = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<TokenJudgement>> work = new ArrayList<>();
            tokens.forEach(token -> work.add(() -> house.judge(token)));
            for (Future<TokenJudgement> future : threads.invokeAll(work)) {
                judgements.add(future.get());
            }
        }

        assertThat(judgements).allMatch(TokenJudgement.Live.class::isInstance);
        assertThat(house.facts.accounts.list()).hasSize(1);
        assertThat(house.grants()).hasSize(3);
    }

    @Test
    void aPhoneWhoseAccessTokenWasSeenFirstRefreshesAsItself() {
        LiveGrant grant = adopt(phone.accessToken());

        assertThat(house.refresh(phone.refreshToken(), PHONE))
                .isInstanceOfSatisfying(
                        Result.Adopted.class,
                        adopted -> assertThat(adopted.grant().id()).isEqualTo(grant.id()));

        assertThat(house.facts.grants.findByRefreshToken(HOME, new Secret(phone.refreshToken())))
                .isInstanceOfSatisfying(
                        RefreshLookup.Found.class,
                        found -> {
                            assertThat(found.grant().id()).isEqualTo(grant.id());
                            assertThat(found.grant().clientId()).isEqualTo(PHONE);
                            assertThat(found.inner().reveal()).isEqualTo(phone.refreshToken());
                        });
    }

    @Test
    void aKnownIdInAForgedTokenOpensNothingAndEndsNothing() {
        LiveGrant grant = adopt(phone.accessToken());
        String claims =
                "{\"iss\":\"%s\",\"iat\":1,\"exp\":2000000000}".formatted(phone.refreshTokenId());
        String forged =
                "eyJhbGciOiJub25lIn0."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".AAAA";

        assertThat(house.judge(forged)).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(grant.isLive()).isTrue();
        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Live.class);
    }

    @Test
    void aTokenThatWasRevokedHereNeverComesBackAlthoughHomeAssistantStillTakesIt() {
        LiveGrant grant = adopt(phone.accessToken());
        house.refresh(phone.refreshToken(), PHONE);

        house.facts.sessionLifecycle.endGrant(grant.id(), TestFacts.cause());

        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.refresh(phone.refreshToken(), PHONE)).isInstanceOf(Result.Dead.class);
        assertThat(house.facts.grants.recognise(HOME, phone.accessToken())).isEmpty();
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void aTokenThatItsClientEndedBeforeItWasEverSeenIsNotTakenOverAfterwards() {
        house.facts.sessionLifecycle.endUnknownToken(HOME, new Secret(phone.refreshToken()));

        assertThat(house.facts.grants.findByRefreshToken(HOME, new Secret(phone.refreshToken())))
                .isInstanceOf(RefreshLookup.Ended.class);
        assertThat(house.facts.tokensToEnd()).containsExactly(phone.refreshToken());
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void aTokenThatWasEndedUnseenIsForgottenAfterAWeek() {
        house.facts.sessionLifecycle.endUnknownToken(HOME, new Secret(phone.refreshToken()));
        adopt(house.home.longLivedToken(house.carol.id(), "a script"));
        house.facts.sessionLifecycle.endGrant(house.grants().getFirst().id(), TestFacts.cause());

        assertThat(house.facts.grants.sweep()).isZero();
        house.facts.clock.advance(Duration.ofDays(8));

        assertThat(house.facts.grants.sweep()).isEqualTo(1);
        assertThat(house.facts.grants.findByRefreshToken(HOME, new Secret(phone.refreshToken())))
                .isInstanceOf(RefreshLookup.Unknown.class);
    }

    @Test
    void theOldTokensOfASuspendedPersonAreNotTakenIntoLife() {
        adopt(phone.accessToken());
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        Tokens browser = house.home.signInDirectly("carol", "a password", "https://a.example/");

        house.facts.lifecycle.suspend(house.adoptedAccount().id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.judge(browser.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.refresh(browser.refreshToken(), "https://a.example/"))
                .isInstanceOf(Result.Dead.class);
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void aRestoredPersonSignsInAnewAndBringsNothingAlong() {
        adopt(phone.accessToken());
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        house.facts.lifecycle.suspend(house.adoptedAccount().id(), SuspendedBy.OPERATOR, CAUSE);

        house.facts.lifecycle.restore(house.adoptedAccount().id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.grants()).isEmpty();
    }

    /// The script's token is newer than the look by which the user was opened.
    @Test
    void whoWasSeenToHaveNothingOldLeftBringsNewTokensAlong() {
        adopt(phone.accessToken());
        AccountId carol = house.adoptedAccount().id();
        house.facts.lifecycle.suspend(carol, SuspendedBy.OPERATOR, CAUSE);
        house.facts.lifecycle.restore(carol, SuspendedBy.OPERATOR, CAUSE);
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Dead.class);

        assertThat(house.homeUsers.open(carol, house.adoptedAccount().epoch(), HOME)).isTrue();

        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Live.class);
        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
    }

    @Test
    void aPersonWithoutARoleBringsNothingAlong() {
        adopt(phone.accessToken());
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        house.facts.dropRole(house.adoptedAccount().id());

        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Dead.class);
    }

    @Test
    void aSystemUsersTokensWaitForAnAdministrator() {
        CastTokens cast = house.home.castToken();

        assertThat(house.judge(cast.accessToken())).isInstanceOf(TokenJudgement.Unjudgeable.class);
        assertThat(house.judge(cast.accessToken())).isInstanceOf(TokenJudgement.Unjudgeable.class);
        assertThat(house.refresh(cast.refreshToken(), "")).isInstanceOf(Result.Waiting.class);
        GrantSummary waiting = house.grants().getFirst();
        assertThat(house.grants()).hasSize(1);
        assertThat(waiting.isWaiting()).isTrue();
        assertThat(waiting.accountId()).isEmpty();
        assertThat(house.facts.accounts.list()).isEmpty();

        house.facts.grants.approve(waiting.id(), HOME, Actor.CONSOLE);

        assertThat(house.judge(cast.accessToken())).isInstanceOf(TokenJudgement.Live.class);
        assertThat(house.refresh(cast.refreshToken(), "")).isInstanceOf(Result.Adopted.class);
        assertThat(house.facts.grants.findByRefreshToken(HOME, new Secret(cast.refreshToken())))
                .isInstanceOf(RefreshLookup.Found.class);
    }

    @Test
    void aSystemUsersTokenThatWasTurnedDownStaysDead() {
        CastTokens cast = house.home.castToken();
        house.judge(cast.accessToken());

        house.facts.sessionLifecycle.endGrant(house.grants().getFirst().id(), TestFacts.cause());

        assertThat(house.judge(cast.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.refresh(cast.refreshToken(), "")).isInstanceOf(Result.Dead.class);
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void theInnerTokenOfAClientsGrantOpensNothingWhoeverHasIt() {
        Account ada = house.facts.admit("ada");
        NewSession session = house.facts.begin(ada);
        assertThat(
                        house.facts.grants.issue(
                                new ForClient(
                                        HOME,
                                        ada,
                                        Optional.of(session.session().id()),
                                        PHONE,
                                        PHONE,
                                        AskedFrom.NOWHERE,
                                        "192.0.2.1"),
                                new UpstreamTokens(
                                        new Secret(phone.accessToken()),
                                        new Secret(phone.refreshToken()),
                                        phone.refreshTokenId(),
                                        house.facts.clock.instant().plus(Duration.ofMinutes(30)))))
                .isPresent();

        assertThat(house.refresh(phone.refreshToken(), PHONE)).isInstanceOf(Result.Dead.class);
    }

    @Test
    void anotherClientIsToldSoAndTakesNothingOver() {
        assertThat(house.refresh(phone.refreshToken(), "https://home-assistant.io/iOS"))
                .isInstanceOf(Result.OtherClient.class);
        assertThat(house.refresh(phone.refreshToken(), "")).isInstanceOf(Result.OtherClient.class);
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void aPersonWhomHomeAssistantDoesNotLetInIsDenied() {
        house.home.setActive(house.carol.id(), false);

        assertThat(house.refresh(phone.refreshToken(), PHONE))
                .isInstanceOfAny(Result.Denied.class, Result.Dead.class);
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void aDeadTokenIsAskedAboutOnce() {
        house.home.deleteUser(house.carol.id());
        house.home.record().clear();

        for (int i = 0; i < 5; i++) {
            assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        }

        assertThat(questions()).isEqualTo(1);
    }

    @Test
    void anAddressMayAskOnlySoOftenAndIsNotToldThatItsTokenIsDead() {
        for (int i = 0; i < ResidentHouse.QUESTIONS_PER_MINUTE; i++) {
            house.refresh("f".repeat(127) + Integer.toHexString(i), PHONE);
        }
        house.home.record().clear();

        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Unjudgeable.class);
        assertThat(house.refresh(phone.refreshToken(), PHONE))
                .isInstanceOf(Result.Unjudgeable.class);
        assertThat(house.home.record().byteCount()).isZero();
        ClientAddress elsewhere = new ClientAddress.Known(InetAddress.ofLiteral("198.51.100.1"));
        assertThat(house.adoption.tokens().judge(HOME, phone.accessToken(), elsewhere))
                .isInstanceOf(TokenJudgement.Live.class);
    }

    @Test
    void whatCannotBeATokenIsNotAskedAbout() {
        house.home.record().clear();

        assertThat(house.judge("x".repeat(5_000))).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.judge("a.b.c")).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.refresh("x".repeat(5_000), PHONE)).isInstanceOf(Result.Dead.class);
        house.facts.clock.advance(Duration.ofMinutes(31));
        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);

        assertThat(house.home.record().byteCount()).isZero();
    }

    @Test
    void whileHomeAssistantIsAwayNothingIsDead() {
        house.home.stop();

        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Unjudgeable.class);
        assertThat(house.refresh(phone.refreshToken(), PHONE))
                .isInstanceOf(Result.Unjudgeable.class);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsDead() {
        house.facts.database.close();

        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Unjudgeable.class);
        assertThat(house.refresh(phone.refreshToken(), PHONE))
                .isInstanceOf(Result.Unjudgeable.class);
    }
}
