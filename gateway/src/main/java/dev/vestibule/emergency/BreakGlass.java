package dev.vestibule.emergency;

import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.PageGuard;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.http.Handler;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.time.Instant;

/// Puts the room together: the page for `Routes`, and the code for the console. Safe to share
/// between threads.
public final class BreakGlass {

    public static final String PATH = "/auth/vestibule/break-glass";

    private static final Issuer ISSUER = new Issuer("vestibule:break-glass");
    private static final int TRIES_PER_MINUTE = 10;

    private final Secrets secrets;
    private final BreakGlassStore codes;
    private final Handler handler;
    private final AskedWay asked;

    /// @param accounts tells which account is which home's administrator
    public BreakGlass(
            Admissions.Ground ground,
            AccountStore accounts,
            Admissions admissions,
            NetworkConfig network) {
        EmergencyAdministrators administrators = new EmergencyAdministrators(admissions.homes());
        this.secrets = ground.secrets();
        this.codes = new BreakGlassStore(ground.time(), ground.database(), ground.audit());
        this.handler =
                new PageGuard(
                        new BreakGlassHandler(
                                network,
                                codes,
                                new AddressLimiter(ground.time(), TRIES_PER_MINUTE),
                                administrators,
                                admissions));
        this.asked = new AskedBreakGlass(accounts, administrators);
    }

    /// By what the emergency administrator of a home is found again.
    public static Subject administratorOf(HomeId home) {
        return new Subject(ISSUER, home.value());
    }

    /// A code that can be told nobody again.
    public record IssuedCode(Secret code, Instant goodUntil) {}

    /// Makes a code; the one before ends.
    ///
    /// @param isAnywhere whether it may be used from outside the home's networks
    public IssuedCode issue(HomeId home, boolean isAnywhere) {
        Secret code = BreakGlassCode.next(secrets);
        return new IssuedCode(code, codes.put(home, BreakGlassCode.hash(code), isAnywhere));
    }

    public AskedWay asked() {
        return asked;
    }

    /// `GET` and `POST /auth/vestibule/break-glass`
    public Handler handler() {
        return handler;
    }

    /// Removes what ran out.
    ///
    /// @return how many rows that were
    public int sweep() {
        return codes.sweep();
    }
}
