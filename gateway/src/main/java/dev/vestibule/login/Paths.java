package dev.vestibule.login;

import dev.vestibule.config.OpenIdProviderConfig;

/// The addresses of this room, as `Routes` has them.
final class Paths {

    static final String AUTHORIZE = "/auth/authorize";
    static final String TOKEN = "/auth/token";
    static final String REVOKE = "/auth/revoke";
    static final String SIGN_OUT = "/auth/vestibule/sign-out";
    static final String SIGN_IN = "/auth/vestibule/sign-in";
    static final String CALLBACK = OpenIdProviderConfig.CALLBACK_PATH;
    static final String MFA = "/auth/vestibule/mfa";

    private Paths() {}
}
