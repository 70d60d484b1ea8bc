package dev.vestibule.login;

import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.directory.Recognition;
import dev.vestibule.grant.GrantService;
import dev.vestibule.http.Assets;
import dev.vestibule.http.Handler;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secrets;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Puts the room together and hands its handlers to `Routes`. [#start()] begins the sweeping of
/// what ran out, [#close()] ends it.
public final class Login implements AutoCloseable {

    private final Handler authorize;
    private final Handler signIn;
    private final Handler signOut;
    private final Handler callback;
    private final Handler mfa;
    private final Handler token;
    private final Handler revoke;
    private final Handler metadata;
    private final Handler backChannelLogout;
    private final Sweeper sweeper;

    /// The ground that the room stands on.
    public record Ground(
            InstantSource time,
            Secrets secrets,
            Sealer sealer,
            Database database,
            Outbox outbox,
            AuditLog audit) {}

    /// Who is who, and what they were given.
    public record People(
            AccountStore accounts,
            SessionService sessions,
            GrantService grants,
            AccountLifecycle lifecycle,
            SessionLifecycle sessionLifecycle,
            Recognition recognition,
            LivenessProofs proofs) {}

    /// Where people come from and go to.
    ///
    /// @param providers in the order in which the page offers them; at least one
    public record World(Map<HomeId, LoginHome> homes, List<OpenIdProvider> providers) {}

    public Login(Ground ground, People people, World world, LimitsConfig limits) {
        InstantSource time = ground.time();
        LoginHomes homes = new LoginHomes(world.homes());
        Providers providers = new Providers(world.providers());
        AddressLimiter limiter = new AddressLimiter(time, limits.signInsPerMinute());
        RefusalLog refusals =
                new RefusalLog(
                        time, ground.audit(), new AddressLimiter(time, limits.signInsPerMinute()));
        PendingSignInStore pending =
                new PendingSignInStore(time, ground.database(), ground.sealer(), limits.signIns());
        PendingChoiceStore choices =
                new PendingChoiceStore(time, ground.secrets(), ground.database(), limits.signIns());
        PendingMfaStore questions =
                new PendingMfaStore(time, ground.secrets(), ground.database(), ground.sealer());
        AuthorizationCodeStore codes =
                new AuthorizationCodeStore(
                        time, ground.secrets(), ground.database(), ground.sealer());
        Insiders insiders = new Insiders(people.sessions(), people.accounts());
        Arrival arrival = new Arrival(homes, codes, questions);
        ProviderSignOut atProvider = new ProviderSignOut(homes, providers);
        Answers answers = new Answers(homes, providers, arrival, atProvider);
        FrontDesk desk =
                new FrontDesk(ground.secrets(), homes, providers, limiter, pending, choices);
        LoginDispatcher dispatcher =
                new LoginDispatcher(ground.database(), homes, people, codes, ground.audit());
        SessionProviders sessionProviders = new SessionProviders(people.sessions(), providers);
        SignOut signOut =
                new SignOut(
                        homes,
                        people.sessions(),
                        people.grants(),
                        people.sessionLifecycle(),
                        sessionProviders,
                        new AddressLimiter(time, limits.tokenQuestionsPerMinute()));
        RevokeHandler revokeHandler = new RevokeHandler(signOut);
        CodeRedemption redemption = new CodeRedemption(time, homes, codes, people);
        this.authorize =
                new PageGuard(new AuthorizeHandler(homes, insiders, desk, answers, refusals));
        this.signIn = new PageGuard(new SignInHandler(insiders, providers, desk, answers));
        this.callback =
                new PageGuard(
                        new CallbackHandler(
                                homes,
                                providers,
                                insiders,
                                pending,
                                dispatcher,
                                new CallbackHandler.Aftermath(
                                        new ProofErrand(
                                                homes,
                                                pending,
                                                ground.database(),
                                                people.accounts(),
                                                people.proofs()),
                                        arrival,
                                        answers,
                                        refusals,
                                        time)));
        this.signOut =
                new PageGuard(
                        new SignOutHandler(
                                homes,
                                insiders,
                                new BrowserSignOut(
                                        people.sessions(),
                                        sessionProviders,
                                        people.sessionLifecycle(),
                                        people.lifecycle()),
                                sessionProviders,
                                atProvider));
        this.mfa = new PageGuard(new MfaHandler(insiders, arrival, answers));
        this.token = new TokenHandler(redemption, new TokenRefresh(homes, people), revokeHandler);
        this.revoke = revokeHandler;
        this.metadata = new MetadataHandler(homes);
        LogoutTokenUses logoutTokens = new LogoutTokenUses(time, ground.database());
        this.backChannelLogout =
                new BackChannelLogoutHandler(
                        providers,
                        logoutTokens,
                        people.accounts(),
                        people.sessions(),
                        people.sessionLifecycle());
        this.sweeper =
                new Sweeper(
                        homes,
                        questions,
                        List.of(
                                pending::sweep,
                                choices::sweep,
                                codes::sweep,
                                logoutTokens::sweep,
                                () -> endRunOut(people, world),
                                people.grants()::sweep,
                                ground.audit()::sweep));
    }

    private static int endRunOut(People people, World world) {
        return world.homes().keySet().stream().mapToInt(people.sessionLifecycle()::endRunOut).sum();
    }

    public void start() {
        sweeper.start();
    }

    void sweep() {
        sweeper.sweep();
    }

    /// `GET /auth/authorize`
    public Handler authorize() {
        return authorize;
    }

    /// `GET /auth/vestibule/sign-in` and `/auth/vestibule/sign-in/{provider}`. With `next`, a path
    /// and query of the home, it signs a browser in and brings it there.
    public Handler signIn() {
        return signIn;
    }

    /// `GET` and `POST /auth/vestibule/sign-out`
    public Handler signOut() {
        return signOut;
    }

    /// `GET /auth/vestibule/callback/{provider}`
    public Handler callback() {
        return callback;
    }

    /// `POST /auth/vestibule/mfa`
    public Handler mfa() {
        return mfa;
    }

    /// `GET /auth/vestibule/assets/{name}`
    public Handler assets() {
        return new Assets();
    }

    /// `POST /auth/token`
    public Handler token() {
        return token;
    }

    /// `POST /auth/revoke`
    public Handler revoke() {
        return revoke;
    }

    /// `GET /.well-known/oauth-authorization-server` and `oauth-protected-resource`
    public Handler metadata() {
        return metadata;
    }

    /// `POST /auth/vestibule/back-channel-logout/{provider}`
    public Handler backChannelLogout() {
        return backChannelLogout;
    }

    @Override
    public void close() {
        sweeper.close();
    }
}
