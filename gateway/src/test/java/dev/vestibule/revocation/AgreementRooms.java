package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.Eventually;
import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.grant.AskedFrom;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.UpstreamTokens;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionService.NewSession;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// The room over a real database and a Home Assistant. Nothing happens by itself: a test says when
/// the outbox is delivered, so that it may say in which order things happen.
class AgreementRooms implements AutoCloseable {

    static final Cause CAUSE = new Cause("console", EndReason.BY_OPERATOR, "console");

    private static final InetAddress CLIENT = InetAddress.ofLiteral("203.0.113.9");
    private static final Origin ORIGIN = new Origin("https", "home.example", 443);
    static final String CLIENT_ID = "https://home.example/";

    final TestFacts facts;
    final HomeUserStore homeUsers;
    final HomeAssistant homeAssistant;
    final HomeSignIn signIn;
    final OutboxWorker worker;
    final HomeReconciler reconciler;

    /// @param facts is closed with the rooms
    /// @param url of Home Assistant
    /// @param token of its administrator
    AgreementRooms(TestFacts facts, URI url, String token) {
        this.facts = facts;
        homeUsers = new HomeUserStore(facts.clock, facts.secrets, facts.database, facts.audit);
        HomeConfig config = config(url, token);
        homeAssistant = new HomeAssistant(facts.clock, config.homeAssistant());
        homeAssistant.start();
        assertThat(homeAssistant.awaitFirstAttempt(Duration.ofSeconds(30)))
                .isInstanceOf(HomeAssistantStatus.Connected.class);
        signIn =
                new HomeSignIn(
                        HOME,
                        new Secret("a key"),
                        homeAssistant,
                        facts.grants,
                        homeUsers,
                        facts.accounts);
        worker =
                new OutboxWorker(
                        facts.clock,
                        config,
                        facts.outbox,
                        facts.audit,
                        homeAssistant,
                        signIn,
                        new OutboxWorker.People(homeUsers, facts.accounts, facts.grants));
        reconciler = newReconciler(HomeReconciler.Rhythm.USUAL);
    }

    HomeReconciler newReconciler(HomeReconciler.Rhythm rhythm) {
        return new HomeReconciler(
                facts.secrets,
                HOME,
                homeAssistant,
                signIn,
                new HomeReconciler.People(
                        facts.database,
                        facts.accounts,
                        homeUsers,
                        facts.outbox,
                        facts.lifecycle,
                        facts.audit),
                rhythm);
    }

    /// As after an event, or from time to time.
    void compare() {
        assertThat(reconciler.compare()).isTrue();
    }

    /// As after Home Assistant was away.
    void compareAfterConnecting() {
        reconciler.somethingChanged(true);
        compare();
    }

    private static HomeConfig config(URI url, String token) {
        return new HomeConfig(
                HOME,
                ORIGIN,
                List.of(),
                false,
                new HomeAssistantConfig(url, new Secret(token), List.of()),
                new RolesConfig(Set.of(), Set.of("family"), Set.of(), List.of()),
                Defaults.ROUTES,
                Defaults.SESSION,
                Defaults.APPS,
                Defaults.SIGN_IN,
                Defaults.CLIENTS,
                Defaults.EXISTING_TOKENS,
                Defaults.LONG_LIVED_TOKENS,
                Defaults.WEBHOOK_MIGRATION);
    }

    /// A person with a role, who has not signed in yet.
    Account admit(String name) {
        Account account = facts.admit(name);
        facts.assignRole(account.id(), Role.USER);
        return account;
    }

    Account now(Account account) {
        return facts.accounts.find(account.id()).orElseThrow();
    }

    /// A sign-in as far as Home Assistant's tokens, which are recorded and not released yet.
    ///
    /// @param innerToken Home Assistant's refresh token
    record Begun(
            Account account,
            String userId,
            NewSession session,
            Secret accessToken,
            Secret innerToken,
            IssuedGrant grant) {}

    /// The step of a sign-in that makes or mends the user.
    HomeSignInResult askForCode(Account account) {
        return signIn.signIn(
                new ProvisioningRequest(account.id(), account.displayName(), CLIENT),
                CLIENT,
                CLIENT_ID,
                CLIENT_ID);
    }

    Begun begin(Account account) {
        NewSession session = facts.begin(now(account));
        HomeSignInResult.Answered answered = (HomeSignInResult.Answered) askForCode(account);
        assertThat(answered.result()).isInstanceOf(LoginFlowResult.Code.class);
        RedeemResult.Tokens tokens =
                (RedeemResult.Tokens)
                        homeAssistant
                                .tokens()
                                .redeem(
                                        ((LoginFlowResult.Code) answered.result()).code(),
                                        CLIENT_ID,
                                        CLIENT);
        IssuedGrant grant = issue(account, session, tokens).orElseThrow();
        return new Begun(
                now(account),
                answered.userId(),
                session,
                tokens.accessToken(),
                tokens.refreshToken(),
                grant);
    }

    private Optional<IssuedGrant> issue(
            Account account, NewSession session, RedeemResult.Tokens tokens) {
        return facts.grants.issue(
                new ForClient(
                        HOME,
                        now(account),
                        Optional.of(session.session().id()),
                        CLIENT_ID,
                        CLIENT_ID,
                        AskedFrom.NOWHERE,
                        "203.0.113.9"),
                new UpstreamTokens(
                        tokens.accessToken(),
                        tokens.refreshToken(),
                        AccessTokenClaims.issuerOf(tokens.accessToken().reveal()).orElseThrow(),
                        facts.clock.instant().plus(tokens.expiresIn())));
    }

    /// The last step of a sign-in.
    boolean finish(Begun begun) {
        return signIn.readmit(begun.account().id(), begun.account().epoch(), begun.accessToken());
    }

    /// A whole sign-in.
    Begun enter(Account account) {
        Begun begun = begin(account);
        assertThat(finish(begun)).isTrue();
        return begun;
    }

    void suspend(Account account) {
        assertThat(facts.lifecycle.suspend(account.id(), SuspendedBy.OPERATOR, CAUSE))
                .isInstanceOf(SuspendResult.Suspended.class);
    }

    void restore(Account account) {
        assertThat(facts.lifecycle.restore(account.id(), SuspendedBy.OPERATOR, CAUSE)).isTrue();
    }

    String userId(AccountId account) {
        return homeUsers.userIdOf(account, HOME).orElseThrow();
    }

    /// Something that goes on beside the test.
    static final class Beside<T> {
        private final FutureTask<T> task;
        private final Thread thread;

        Beside(Supplier<T> work) {
            task = new FutureTask<>(work::get);
            thread = Thread.ofPlatform().daemon().start(task);
        }

        /// Waits until it is done, or cannot go on before somebody else has left the account.
        void awaitDoneOrLockedOut() {
            Eventually.holds(() -> task.isDone() || isLockedOut(), thread::getState);
        }

        private boolean isLockedOut() {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(
                            frame ->
                                    frame.getClassName().endsWith(".AccountLocks")
                                            && frame.getMethodName().equals("take"));
        }

        T result() throws Exception {
            return task.get(30, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    Beside<Boolean> deliverBeside() {
        return new Beside<>(
                () -> {
                    worker.deliverDue();
                    return true;
                });
    }

    @Override
    public void close() {
        homeAssistant.close();
        facts.close();
    }
}
