package dev.vestibule.emergency;

import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Proof;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.ProvenIdentity.Stay;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SignInWay;

/// As whom a code of the console lets somebody in: at each home an account that the configuration
/// names.
record EmergencyAdministrators(LoginHomes homes) {

    static final String USERNAME = "break-glass";

    BreakGlassConfig config(HomeId home) {
        return homes.get(home).config().signIn().breakGlass();
    }

    /// What a code opens is good from where the code was, and from nowhere else (attack: it is
    /// copied, and used from the internet).
    ProvenIdentity.Appointed at(HomeId home, Reach ofTheCode) {
        BreakGlassConfig config = config(home);
        return new ProvenIdentity.Appointed(
                BreakGlass.administratorOf(home),
                new Profile(USERNAME, config.name()),
                AccountOrigin.BREAK_GLASS,
                Role.ADMIN,
                new Proof(SignInWay.BREAK_GLASS, ""),
                new Stay(config.lifetime(), config.anywhere() ? Reach.ANYWHERE : ofTheCode));
    }
}
