package dev.vestibule.passkey;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.OfferedWay;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.http.Handler;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.revocation.AccountLifecycle;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Secrets;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

import java.time.InstantSource;
import java.util.List;

/// Puts the room together, and hands its handlers to `Routes` and what it shows to the sign-in
/// page. Safe to share between threads.
///
/// Whoever proves a passkey goes to [dev.vestibule.admission.Welcome] with the destination of their
/// choice, so that a hand-off to an app needs nothing of this room.
public final class Passkeys {

    private final PasskeySites sites;
    private final OfferedWay way;
    private final AskedWay asked;
    private final Handler list;
    private final Handler one;
    private final Handler unseen;
    private final Handler creationOptions;
    private final Handler requestOptions;
    private final Handler signIn;
    private final ChallengeStore challenges;

    /// The ground that the room stands on.
    public record Ground(InstantSource time, Secrets secrets, Database database, AuditLog audit) {}

    /// Whose passkeys they are, and what ends with them.
    ///
    /// @param unseen asks people on their way home; the admissions know it already
    public record People(
            NewPasskeys unseen,
            SessionService sessions,
            SessionLifecycle sessionLifecycle,
            AccountLifecycle lifecycle) {}

    public Passkeys(
            Ground ground,
            People people,
            Admissions admissions,
            List<HomeConfig> homes,
            LimitsConfig limits) {
        InstantSource time = ground.time();
        Database database = ground.database();
        AuditLog audit = ground.audit();
        this.sites = PasskeySites.of(homes);
        CredentialStore credentials = new CredentialStore(time, ground.secrets(), database);
        WebAuthnLibrary library = new WebAuthnLibrary();
        AddressLimiter limiter = admissions.limiter();
        this.challenges = new ChallengeStore(time, ground.secrets(), database, limits.signIns());
        RegistrationCeremony registration =
                new RegistrationCeremony(database, challenges, credentials, library, audit);
        AuthenticationCeremony authentication =
                new AuthenticationCeremony(database, challenges, credentials, library, audit);
        PasskeyChanges changes =
                new PasskeyChanges(
                        database,
                        credentials,
                        new PasskeyChanges.Endings(
                                people.sessions(),
                                people.sessionLifecycle(),
                                people.lifecycle(),
                                admissions.codes()),
                        audit);
        Owners owners = new Owners(time, admissions.insiders(), sites, people.unseen());
        this.way = new PasskeyWay(sites);
        this.asked = new AskedPasskeys(sites, credentials);
        this.list =
                new PageGuard(
                        new PasskeysHandler(
                                owners,
                                credentials,
                                registration,
                                limiter,
                                new RefusedEnrolments(audit)));
        this.one = new PageGuard(new PasskeyHandler(owners, credentials, changes));
        this.unseen = new PageGuard(new NewPasskeyHandler(admissions, people.unseen(), changes));
        this.creationOptions =
                new PageGuard(new CreationOptionsHandler(owners, registration, limiter));
        this.requestOptions =
                new PageGuard(
                        new RequestOptionsHandler(
                                ground.secrets(), sites, authentication, limiter));
        this.signIn =
                new PageGuard(
                        new PasskeySignInHandler(
                                sites,
                                authentication,
                                admissions.choices(),
                                admissions.welcome(),
                                admissions.refusals(),
                                limiter));
    }

    /// Whether people may have passkeys at the visitor's home.
    public boolean areOn(Visitor visitor) {
        return sites.of(visitor).isPresent();
    }

    /// What the sign-in page shows.
    public OfferedWay way() {
        return way;
    }

    public AskedWay asked() {
        return asked;
    }

    /// `GET` and `POST /auth/vestibule/passkeys`
    public Handler list() {
        return list;
    }

    /// `GET` and `POST /auth/vestibule/passkeys/{id}`
    public Handler one() {
        return one;
    }

    /// `GET` and `POST /auth/vestibule/passkey/new`
    public Handler unseen() {
        return unseen;
    }

    /// `POST /auth/vestibule/passkey/creation-options`
    public Handler creationOptions() {
        return creationOptions;
    }

    /// `POST /auth/vestibule/passkey/request-options`
    public Handler requestOptions() {
        return requestOptions;
    }

    /// `POST /auth/vestibule/passkey/sign-in`
    public Handler signIn() {
        return signIn;
    }

    /// Removes challenges that ran out.
    public int sweep() {
        return challenges.sweep();
    }

    /// Whether a passkey has not been removed.
    ///
    /// @param key names it, as the proofs that were given with it do
    public static boolean isThere(Handle handle, String key) {
        return CredentialStore.isThere(handle, new PasskeyId(key));
    }

    /// How many passkeys an account has.
    public static int countOf(Handle handle, AccountId account) {
        return CredentialStore.countOf(handle, account);
    }

    /// Forgets the passkeys of an account that is removed for good. Those of a suspended person
    /// stay: they open nothing until the person is restored.
    public static void forgetAllOf(Handle tx, AccountId account) {
        CredentialStore.forgetAllOf(tx, account);
    }
}
