package dev.vestibule.admission;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.oidc.Prompt;

/// The addresses of signing in, as `Routes` has them.
public final class Paths {

    public static final String AUTHORIZE = "/auth/authorize";
    public static final String TOKEN = "/auth/token";
    public static final String REVOKE = "/auth/revoke";
    public static final String SIGN_OUT = OpenIdProviderConfig.SIGN_OUT_PATH;
    public static final String SIGN_IN = "/auth/vestibule/sign-in";
    public static final String CALLBACK = OpenIdProviderConfig.CALLBACK_PATH;
    public static final String LINK = "/auth/vestibule/local/link";
    public static final String PASSKEYS = "/auth/vestibule/passkeys";
    public static final String PROFILE = "/auth/vestibule/profile";
    public static final String CONSOLE = "/auth/vestibule/console";
    public static final String MFA = "/auth/vestibule/mfa";
    public static final String CONSENT = "/auth/vestibule/consent";

    public static final String APP = "/auth/app";
    public static final String HAND_OFF = "/auth/vestibule/hand-off";
    public static final String HAND_OFF_STATE = "/auth/vestibule/hand-off/state";

    private Paths() {}

    /// Leads a signed-in person on, and others to sign in first.
    ///
    /// @param next path and query of this home
    public static String signIn(String next) {
        return SIGN_IN + "?next=" + PercentCoding.encode(next);
    }

    /// As [#signIn]; whoever comes proves who they are, signed in or not.
    public static String freshSignIn(String next) {
        return new Destination.Page(next).address(Prompt.FRESH_LOGIN);
    }
}
