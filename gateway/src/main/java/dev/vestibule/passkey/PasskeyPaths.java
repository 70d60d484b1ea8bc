package dev.vestibule.passkey;

import dev.vestibule.admission.Paths;

/// The addresses of this room, as `Routes` has them.
final class PasskeyPaths {

    static final String LIST = Paths.PASSKEYS;
    static final String CREATION_OPTIONS = "/auth/vestibule/passkey/creation-options";
    static final String REQUEST_OPTIONS = "/auth/vestibule/passkey/request-options";
    static final String SIGN_IN = "/auth/vestibule/passkey/sign-in";
    static final String NEW = "/auth/vestibule/passkey/new";

    private PasskeyPaths() {}

    static String of(PasskeyId id) {
        return LIST + "/" + id.value();
    }
}
