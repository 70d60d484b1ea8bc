package dev.vestibule.adoption;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.adoption.ResidentHouse.PHONE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.outbox.OutboxTask;
import dev.vestibule.policy.Webhooks.Judgement;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.Newcomers;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.Tokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// An administrator says that a user of Home Assistant is a person who signs in at a provider.
class UserLinkTest {

    private static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");
    private static final Actor BY = new Actor("account ada", "192.0.2.7");

    private final ResidentHouse house = new ResidentHouse(ExistingTokens.ADOPT);
    private final UserLink link =
            new UserLink(
                    house.facts.database,
                    house.facts.accounts,
                    house.homeUsers,
                    house.facts.grants,
                    new UserLink.Lifecycles(house.facts.lifecycle, house.facts.sessionLifecycle),
                    house.webhooks,
                    house.facts.outbox,
                    house.facts.audit);
    private final HomeSignIn signIn =
            new HomeSignIn(
                    HOME,
                    new Secret("a key"),
                    house.homeAssistant,
                    house.facts.grants,
                    house.homeUsers,
                    house.facts.accounts);
    private final Tokens phone = house.home.signInDirectly("carol", "a password", PHONE);
    private final String webhook = house.home.registerPhone(house.carol.id());
    private final Account carol = house.facts.admit("carol@work");

    @BeforeEach
    void giveCarolARole() {
        house.facts.assignRole(carol.id(), Role.USER);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private AttachResult attach(AccountId account, String userId) {
        return signIn.attach(account, userId, BY, link);
    }

    /// Carol's old phone comes by before anybody links her.
    private Account adoptPhone() {
        house.refresh(phone.refreshToken(), PHONE);
        house.adoption.phones().lookAround();
        return house.facts.accounts.list().stream()
                .filter(account -> account.username().equals("carol"))
                .findFirst()
                .orElseThrow();
    }

    private String signInAndGetUser() {
        HomeSignInResult result =
                signIn.signIn(
                        new ProvisioningRequest(
                                carol.id(), "Carol", InetAddress.getLoopbackAddress()),
                        InetAddress.getLoopbackAddress(),
                        "https://home.example/",
                        "https://home.example/?auth_callback=1");
        assertThat(result)
                .isInstanceOfSatisfying(
                        HomeSignInResult.Answered.class,
                        answered ->
                                assertThat(answered.result())
                                        .isInstanceOf(LoginFlowResult.Code.class));
        return house.homeUsers.userIdOf(carol.id(), HOME).orElseThrow();
    }

    @Test
    void anExistingUserGetsASecondCredentialAndKeepsTheirPassword() {
        assertThat(attach(carol.id(), house.carol.id())).isInstanceOf(AttachResult.Attached.class);

        assertThat(signInAndGetUser()).isEqualTo(house.carol.id());

        HomeUser user = house.home.userNamed("Carol").orElseThrow();
        assertThat(user.usernames()).hasSize(2).first().isEqualTo("carol");
        assertThat(house.home.signInDirectly("carol", "a password", PHONE).accessToken())
                .isNotEmpty();
    }

    /// Attack: an old token, and an administrator who links a user that was shut out and restored.
    @Test
    void aClosedUserIsNotOpenedByChangingHands() {
        Account adopted = adoptPhone();
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        house.facts.lifecycle.suspend(adopted.id(), SuspendedBy.OPERATOR, CAUSE);
        house.facts.lifecycle.restore(adopted.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(attach(carol.id(), house.carol.id())).isInstanceOf(AttachResult.Attached.class);

        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.REFUSED);
        assertThat(house.homeUsers.closureOf(carol.id(), HOME)).isEqualTo(Closure.CLOSED);
    }

    @Test
    void whatWasTakenOverBeforeComesAlongAndGoesOnWorking() {
        Account adopted = adoptPhone();
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        house.judge(script);
        List<GrantSummary> before = house.grants();
        assertThat(before).hasSize(2);

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.Attached(2, 1, ""));

        assertThat(house.facts.accounts.find(adopted.id())).isEmpty();
        assertThat(house.homeUsers.userIdOf(carol.id(), HOME)).contains(house.carol.id());
        assertThat(house.grants())
                .extracting(GrantSummary::id)
                .containsExactlyElementsOf(before.stream().map(GrantSummary::id).toList());
        assertThat(house.grants())
                .allSatisfy(grant -> assertThat(grant.accountId()).isEqualTo(carol.id().value()));
        assertThat(house.facts.grants.findByRefreshToken(HOME, new Secret(phone.refreshToken())))
                .isInstanceOf(RefreshLookup.Found.class);
        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Live.class);
        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.OPEN);
        assertThat(house.facts.audit.newest(10))
                .anySatisfy(
                        line -> {
                            assertThat(line.kind()).isEqualTo("AccountMerged");
                            assertThat(line.address()).isEqualTo(BY.address());
                            assertThat(line.detail())
                                    .contains(
                                            adopted.id().value(),
                                            "\"grants\":2",
                                            "\"webhooks\":1",
                                            "\"by\":\"account ada\"");
                        });
    }

    @Test
    void anOpenConnectionOfTheOldPhoneStaysOpen() {
        adoptPhone();
        LiveGrant grant = house.facts.grants.ofTokenId(HOME, phone.refreshTokenId()).orElseThrow();

        attach(carol.id(), house.carol.id());

        assertThat(grant.isLive()).isTrue();
        assertThat(house.facts.grants.ofTokenId(HOME, phone.refreshTokenId()))
                .hasValueSatisfying(
                        now -> {
                            assertThat(now.account()).contains(carol.id());
                            assertThat(now.connections()).isSameAs(grant.connections());
                        });
    }

    @Test
    void whatIsRememberedOfATokenNamesTheNewPersonAtOnce() {
        house.judge(phone.accessToken());

        attach(carol.id(), house.carol.id());

        assertThat(house.facts.grants.recognise(HOME, phone.accessToken())).isEmpty();
        assertThat(house.judge(phone.accessToken()))
                .isInstanceOfSatisfying(
                        TokenJudgement.Live.class,
                        live -> assertThat(live.grant().account()).contains(carol.id()));
        assertThat(house.facts.grants.recognise(HOME, phone.accessToken()))
                .hasValueSatisfying(grant -> assertThat(grant.account()).contains(carol.id()));
    }

    @Test
    void everythingThatCameAlongEndsWithThePerson() {
        adoptPhone();
        attach(carol.id(), house.carol.id());

        house.facts.lifecycle.suspend(carol.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(house.grants()).isEmpty();
        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.REFUSED);
    }

    @Test
    void anotherOldTokenThatShowsUpLaterBelongsToThePersonToo() {
        attach(carol.id(), house.carol.id());

        assertThat(house.judge(phone.accessToken()))
                .isInstanceOfSatisfying(
                        TokenJudgement.Live.class,
                        live -> assertThat(live.grant().account()).contains(carol.id()));
        assertThat(house.facts.accounts.list()).hasSize(1);
    }

    @Test
    void aUserOfOurMakingIsLeftWithoutItsCredentialAndWhatActedAsItEnds() {
        String made = signInAndGetUser();
        String hidden =
                house.home.users().stream()
                        .filter(user -> user.id().equals(made))
                        .findFirst()
                        .orElseThrow()
                        .usernames()
                        .getFirst();
        IssuedGrant browser =
                house.facts.issue(carol, house.facts.begin(carol), "a browser as the made user");
        adoptPhone();

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.Attached(1, 1, made));

        assertThat(browser.grant().isLive()).isFalse();
        assertThat(house.grants()).hasSize(1);
        assertThat(house.facts.outbox.due(HOME, 10))
                .extracting(OutboxItem::task)
                .contains(new OutboxTask.DropCredential(hidden));
        assertThat(signInAndGetUser()).isEqualTo(house.carol.id());
    }

    /// Carol used the password form before she came by a provider.
    private Account signedInByPassword() {
        HomeAssistantUser user = house.homeAssistant.users().find(house.carol.id()).orElseThrow();
        return house.facts.database.inTransaction(
                tx ->
                        new Newcomers(house.facts.accounts, house.homeUsers)
                                .admit(tx, HOME, user, AccountOrigin.LOCAL, BY));
    }

    @Test
    void whoUsedThePasswordFormFirstKeepsWhatOutlivesTheirBrowsers() {
        Account local = signedInByPassword();
        NewSession session = house.facts.begin(local);
        IssuedGrant browser = house.facts.issue(local, session, "a browser of the form");
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        house.judge(script);
        house.adoption.phones().lookAround();

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.Attached(1, 1, ""));

        assertThat(house.homeUsers.accountOf(HOME, house.carol.id())).contains(carol.id());
        assertThat(house.facts.sessions.find(session.session().id())).isEmpty();
        assertThat(browser.grant().isLive()).isFalse();
        assertThat(house.judge(script))
                .isInstanceOfSatisfying(
                        TokenJudgement.Live.class,
                        live -> assertThat(live.grant().account()).contains(carol.id()));
        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.OPEN);
        assertThat(house.facts.accounts.find(local.id()))
                .hasValueSatisfying(gone -> assertThat(gone.isHere()).isFalse());
        assertThat(house.facts.accounts.list())
                .filteredOn(Account::isHere)
                .extracting(Account::id)
                .containsExactly(carol.id());
    }

    @Test
    void whoIsSuspendedAtThePasswordFormIsNotLetInByALink() {
        Account local = signedInByPassword();
        house.facts.lifecycle.suspend(local.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.UserSuspended(local.id()));
    }

    @Test
    void anAccountOfSomebodyWhoSignsInIsNotTakenOver() {
        Account other = house.facts.admit("dave");
        house.facts.assignRole(other.id(), Role.USER);
        attach(other.id(), house.carol.id());
        house.judge(phone.accessToken());

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.UserTaken(other.id()));

        assertThat(house.homeUsers.accountOf(HOME, house.carol.id())).contains(other.id());
        assertThat(house.grants())
                .allSatisfy(grant -> assertThat(grant.accountId()).isEqualTo(other.id().value()));
    }

    @Test
    void whatWasShutOutDoesNotComeBackByALink() {
        Account adopted = adoptPhone();
        house.facts.lifecycle.suspend(adopted.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.UserSuspended(adopted.id()));

        assertThat(house.facts.accounts.find(adopted.id())).isPresent();
        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.REFUSED);
    }

    @Test
    void whatEndedBeforeALinkStaysEnded() {
        adoptPhone();
        house.facts.sessionLifecycle.endGrant(house.grants().getFirst().id(), TestFacts.cause());

        attach(carol.id(), house.carol.id());

        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.grants()).isEmpty();
    }

    @Test
    void aSuspendedAccountGetsNothing() {
        adoptPhone();
        house.facts.lifecycle.suspend(carol.id(), SuspendedBy.OPERATOR, CAUSE);

        assertThat(attach(carol.id(), house.carol.id()))
                .isInstanceOf(AttachResult.AccountNotActive.class);
        assertThat(house.grants()).hasSize(1);
    }

    @Test
    void anAccountWithoutARoleGetsNoLiveThings() {
        adoptPhone();
        house.facts.dropRole(carol.id());

        assertThat(attach(carol.id(), house.carol.id()))
                .isInstanceOf(AttachResult.AccountHasNoRole.class);
        assertThat(house.grants()).hasSize(1);
    }

    /// Attack: somebody whom Home Assistant's owner switched off is switched on by changing hands.
    @Test
    void whoIsSwitchedOffInHomeAssistantStaysSoOverALink() {
        Account adopted = adoptPhone();
        house.facts.database.change(
                tx -> house.homeUsers.noteStanding(tx, adopted.id(), HOME, Standing.INACTIVE));
        house.facts.lifecycle.suspend(adopted.id(), SuspendedBy.SCIM, CAUSE);
        house.facts.lifecycle.restore(adopted.id(), SuspendedBy.SCIM, CAUSE);

        assertThat(attach(carol.id(), house.carol.id())).isInstanceOf(AttachResult.Attached.class);

        assertThat(house.homeUsers.standingOf(carol.id(), HOME)).isEqualTo(Standing.INACTIVE);
    }

    /// The user was deleted in Home Assistant's own pages.
    @Test
    void anAccountWhoseLinkedUserIsGoneIsLinkedAnew() {
        HomeUser other = house.home.addUser("Other", "other", "a password", "system-users");
        attach(carol.id(), other.id());
        house.home.deleteUser(other.id());
        house.facts.database.change(
                tx -> house.homeUsers.noteStanding(tx, carol.id(), HOME, Standing.GONE));

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.Attached(0, 0, ""));

        assertThat(signInAndGetUser()).isEqualTo(house.carol.id());
    }

    /// Attack: somebody who was removed comes back under another identity, and proves the password
    /// that their user still has.
    @Test
    void theUserOfSomebodyWhoWasRemovedIsGivenAwayByAnAdministratorOnly() {
        Account before = adoptPhone();
        house.facts.lifecycle.remove(before.id(), CAUSE);

        assertThat(attach(carol.id(), house.carol.id()))
                .isEqualTo(new AttachResult.UserSuspended(before.id()));
        assertThat(house.homeUsers.accountOf(HOME, house.carol.id())).contains(before.id());

        assertThat(signIn.attach(carol.id(), house.carol.id(), BY, link.byAdministrator()))
                .isEqualTo(new AttachResult.Attached(0, 0, ""));
        assertThat(house.homeUsers.accountOf(HOME, house.carol.id())).contains(carol.id());
        assertThat(house.homeUsers.closureOf(carol.id(), HOME)).isEqualTo(Closure.CLOSED);
        assertThat(house.facts.accounts.find(before.id())).isPresent();
    }

    @Test
    void anAccountThatIsLinkedKeepsItsUser() {
        HomeUser other = house.home.addUser("Other", "other", "a password", "system-users");
        attach(carol.id(), other.id());

        assertThat(attach(carol.id(), house.carol.id()))
                .isInstanceOf(AttachResult.AccountHasUser.class);
        assertThat(attach(carol.id(), other.id()))
                .isEqualTo(new AttachResult.UserTaken(carol.id()));
    }

    @Test
    void aSystemUserOrNobodyIsAttachedToNobody() {
        assertThat(attach(carol.id(), house.home.castToken().userId()))
                .isInstanceOf(AttachResult.SystemGenerated.class);
        assertThat(attach(carol.id(), "f".repeat(32)))
                .isInstanceOf(AttachResult.UserNotFound.class);
    }

    @Test
    void aFaultHalfWayLeavesEverythingAsItWas() {
        Account adopted = adoptPhone();
        house.facts.database.change(
                tx ->
                        tx.execute(
                                """
                                CREATE TRIGGER no_audit BEFORE INSERT ON audit_event
                                BEGIN SELECT RAISE(ABORT, 'told to fail'); END
                                """));

        assertThat(catchThrowable(() -> attach(carol.id(), house.carol.id())))
                .isInstanceOf(DatabaseUnavailable.class);

        assertThat(house.homeUsers.accountOf(HOME, house.carol.id())).contains(adopted.id());
        assertThat(house.grants())
                .allSatisfy(grant -> assertThat(grant.accountId()).isEqualTo(adopted.id().value()));
        assertThat(house.webhooks.judge(new HomeId("home"), webhook)).isEqualTo(Judgement.OPEN);
    }

    @Test
    void aTokenThatShowsUpWhileTheLinkIsMadeIsNeverCalledDead() throws Exception {
        adoptPhone();
        List<String> scripts =
                IntStream.range(0, 6)
                        .mapToObj(i -> house.home.longLivedToken(house.carol.id(), "script " + i))
                        .toList();
        List<TokenJudgement> judgements = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TokenJudgement>> all =
                    scripts.stream()
                            .map(script -> threads.submit(() -> house.judge(script)))
                            .toList();
            attach(carol.id(), house.carol.id());
            for (Future<TokenJudgement> one : all) {
                judgements.add(one.get());
            }
        }

        assertThat(judgements).noneMatch(TokenJudgement.Dead.class::isInstance);
        house.facts.clock.advance(Duration.ofMinutes(1));
        assertThat(scripts)
                .allSatisfy(
                        script ->
                                assertThat(house.judge(script))
                                        .isInstanceOf(TokenJudgement.Live.class));
        assertThat(house.facts.accounts.list()).hasSize(1);
        assertThat(house.grants())
                .hasSize(7)
                .allSatisfy(grant -> assertThat(grant.accountId()).isEqualTo(carol.id().value()));
    }

    @Test
    void aCodeOfTheMadeUserThatIsStillOnItsWayIsWorthNothingAfterwards() {
        String made = signInAndGetUser();
        assertThat(signIn.isUserOf(carol.id(), made)).isTrue();

        attach(carol.id(), house.carol.id());

        assertThat(signIn.isUserOf(carol.id(), made)).isFalse();
    }
}
