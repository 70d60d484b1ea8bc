package dev.vestibule.kiosk;

import dev.vestibule.http.PercentCoding;
import dev.vestibule.secret.Secret;

/// The addresses of tablets, as `Routes` has them.
public final class KioskPaths {

    static final String SIGN_IN = "/auth/vestibule/kiosk";

    /// Where an administrator types the code that a tablet shows.
    public static final String APPROVE = "/auth/vestibule/kiosk/approve";

    private KioskPaths() {}

    static String signIn(Secret choice) {
        return SIGN_IN + "?choice=" + PercentCoding.encode(choice.reveal());
    }
}
