package dev.vestibule.login;

import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.AppDoor;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.MfaHandler;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.WaysIn;
import dev.vestibule.admission.Welcome;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.client.Clients;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.grant.GrantService;
import dev.vestibule.http.Assets;
import dev.vestibule.http.Handler;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.policy.Places;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Secrets;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Insiders;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/// Puts the room together and hands its handlers to `Routes`. [#start()] begins the sweeping of
/// what ran out, [#close()] ends it.
public final class Login implements AutoCloseable {

    private final Handler authorize;
    private final Handler signIn;
    private final Handler signOut;
    private final Handler callback;
    private final Handler mfa;
    private final Handler consent;
    private final Handler token;
    private final Handler revoke;
    private final Handler metadata;
    private final Handler backChannelLogout;
    private final Sweeper sweeper;
    private final AskedWay asked;

    /// The ground that the room stands on.
    public record Ground(
            InstantSource time,
            Secrets secrets,
            Sealer sealer,
            Database database,
            RequestRefusals refusals) {}

    /// Who is who, and what they were given.
    public record People(
            AccountStore accounts,
            SessionService sessions,
            GrantService grants,
            AccountLifecycle lifecycle,
            SessionLifecycle sessionLifecycle,
            LivenessProofs proofs,
            Places places) {}

    /// @param clients who may ask for codes
    /// @param providersInOrder as the page offers them; at least one
    /// @param apps receives companion apps
    /// @param sweeps what else is removed from time to time once it ran out
    public Login(
            Ground ground,
            People people,
            Admissions admissions,
            Map<HomeId, Clients> clients,
            List<OpenIdProvider> providersInOrder,
            WaysIn ways,
            AppDoor apps,
            List<IntSupplier> sweeps,
            LimitsConfig limits) {
        InstantSource time = ground.time();
        LoginHomes homes = admissions.homes();
        Insiders insiders = admissions.insiders();
        Welcome welcome = admissions.welcome();
        Providers providers = new Providers(providersInOrder);
        this.asked = new AskedProviders(providers);
        RefusalLog refusals = admissions.refusals();
        PendingSignInStore pending =
                new PendingSignInStore(time, ground.database(), ground.sealer(), limits.signIns());
        ProviderSignOut atProvider = new ProviderSignOut(homes, providers);
        Answers answers = new Answers(providers, ways, welcome, atProvider);
        FrontDesk desk = new FrontDesk(ground.secrets(), admissions, providers, ways, pending);
        SessionProviders sessionProviders = new SessionProviders(people.sessions(), providers);
        SignOut signOut =
                new SignOut(
                        homes,
                        insiders,
                        people.sessions(),
                        people.grants(),
                        people.sessionLifecycle(),
                        sessionProviders,
                        new AddressLimiter(time, limits.tokenQuestionsPerMinute()));
        RevokeHandler revokeHandler = new RevokeHandler(signOut);
        LogoutTokenUses logoutTokens = new LogoutTokenUses(time, ground.database());
        CodeRedemption redemption = new CodeRedemption(time, admissions, people);
        this.authorize =
                new PageGuard(
                        new AuthorizeHandler(
                                homes, clients, insiders, desk, apps, answers, refusals));
        this.signIn = new PageGuard(new SignInHandler(insiders, providers, desk, answers));
        this.callback =
                new PageGuard(
                        new CallbackHandler(
                                homes,
                                providers,
                                insiders,
                                pending,
                                new CallbackHandler.Aftermath(
                                        new ProofErrand(
                                                ground.secrets(),
                                                homes,
                                                pending,
                                                ground.database(),
                                                people.accounts(),
                                                people.proofs()),
                                        admissions.dispatcher(),
                                        new EndedMeanwhile(logoutTokens, people.sessionLifecycle()),
                                        welcome,
                                        refusals)));
        this.signOut =
                new PageGuard(
                        new SignOutHandler(
                                homes,
                                insiders,
                                new BrowserSignOut(
                                        insiders,
                                        sessionProviders,
                                        people.sessionLifecycle(),
                                        people.lifecycle()),
                                sessionProviders,
                                atProvider));
        this.mfa = new PageGuard(new MfaHandler(insiders, welcome));
        this.consent = new PageGuard(admissions.consent());
        this.token =
                new TokenHandler(
                        homes,
                        redemption,
                        new TokenRefresh(homes, people, ways),
                        revokeHandler,
                        ground.refusals());
        this.revoke = revokeHandler;
        this.metadata = new MetadataHandler(homes, clients);
        this.backChannelLogout =
                new BackChannelLogoutHandler(
                        providers,
                        logoutTokens,
                        people.accounts(),
                        people.sessions(),
                        people.sessionLifecycle());
        List<IntSupplier> all = new ArrayList<>(sweeps);
        all.addAll(
                List.of(
                        pending::sweep,
                        admissions::sweep,
                        logoutTokens::sweep,
                        () -> endRunOut(people, homes),
                        people.grants()::sweep));
        this.sweeper = new Sweeper(all);
    }

    private static int endRunOut(People people, LoginHomes homes) {
        return homes.all().keySet().stream().mapToInt(people.sessionLifecycle()::endRunOut).sum();
    }

    public void start() {
        sweeper.start();
    }

    /// Removes now what ran out.
    public void sweep() {
        sweeper.sweep();
    }

    public AskedWay asked() {
        return asked;
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

    /// `GET` and `POST /auth/vestibule/consent`
    public Handler consent() {
        return consent;
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
