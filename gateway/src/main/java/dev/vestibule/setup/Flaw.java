package dev.vestibule.setup;

import dev.vestibule.homeassistant.HomeAssistantVersion;

/// What can be wrong with an answer. Pages translate the names; the sentences are the terminal's.
public enum Flaw {
    ANSWER_MISSING("An answer is needed here."),
    CONTROL_CHARACTER("This holds a control character. Paste the value alone."),
    /// The detail is how many characters there may be.
    TEXT_TOO_LONG("This is too long. %s characters are taken at most."),

    HOME_ASSISTANT_UNREADABLE(
            "Write scheme, host and port only, such as http://homeassistant:8123."),
    /// The detail says what came of asking it.
    HOME_ASSISTANT_AWAY("%s. Check the address, and that this machine reaches it."),
    HOME_ASSISTANT_NOT_SET_UP(
            "This Home Assistant has no users yet. Open it in a browser and finish its own set-up"
                    + " first."),
    NOT_HOME_ASSISTANT("What answers there is not Home Assistant."),

    PUBLIC_URL_UNREADABLE("Write scheme, host and port only, such as https://home.example.org."),
    PUBLIC_URL_IS_HOME_ASSISTANTS(
            "This is Home Assistant's own address. People open Vestibule's, which is another one."),
    PUBLIC_URL_UNSAFE(
            "Write an https address. (Plain http needs 'insecure-http', which is written into the"
                    + " configuration by hand.)"),

    /// The detail lists the presets.
    PRESET_UNKNOWN("Write one of: %s."),
    PROVIDER_ID("Write up to 32 lower-case letters, digits and dashes."),
    ADDRESS_UNREADABLE("This is not an address."),
    /// The detail is an example.
    ADDRESS_UNSAFE("Write an https address, such as %s."),
    ADDRESS_IS_DOCUMENT(
            "Leave /.well-known/openid-configuration away: the issuer is the member \"issuer\" of"
                    + " what stands there."),
    /// The detail is an example.
    NAME_UNREADABLE("Write it as it stands in the provider's addresses, such as %s."),
    TENANT_UNREADABLE(
            "Write the directory (tenant) ID, 32 digits and letters with dashes. 'common' would let"
                    + " everybody at Microsoft come to your door."),
    /// The detail says what does not fit.
    PROVIDER_UNFIT("%s"),

    /// The detail is our callback.
    TRIAL_NOT_THE_ANSWER(
            "This is not where the provider sends browsers back to. Paste the whole address line;"
                    + " it begins with %s. If the provider showed an error instead, compare the"
                    + " redirect URI that is registered there."),
    TRIAL_OTHER_STATE(
            "This answers another sign-in, or one that is over. Open the address that stands here,"
                    + " and paste the one at which that ends."),
    /// The detail is the provider's code, such as `access_denied`.
    TRIAL_REFUSED("The provider refused the sign-in (%s)."),
    TRIAL_CODE_REFUSED(
            "The provider does not take its own code: it was used, or is too old. Sign in once"
                    + " more."),
    /// The detail says which check failed.
    TRIAL_NOT_BELIEVED("The provider's answer cannot be believed: %s."),
    /// The detail says what the provider answered.
    TRIAL_CLIENT_REFUSED("%s"),

    NOBODY_COULD_SIGN_IN("Nobody could sign in then."),
    ROLE_UNKNOWN("Write refuse, viewer, user or admin."),

    WRONG_PASSWORD("Home Assistant does not accept this user name and password."),
    WRONG_CODE("Home Assistant does not accept this code."),
    USER_INACTIVE("This user is deactivated in Home Assistant. Sign in as another one."),
    USER_LOCAL_ONLY(
            "This user may sign in from the local network only, and Home Assistant does not take"
                    + " this machine for local. Sign in as another one."),
    PASSWORDS_REFUSED(
            "Home Assistant refuses sign-ins with a user name and password. Check that its auth"
                    + " provider 'homeassistant' is on."),
    CODE_TOO_LATE("The code came too late. Run setup again."),
    TOO_MANY_CODES("Too many wrong codes. Run setup again."),
    SIGN_IN_LOST("Home Assistant lost the sign-in; it may have restarted. Run setup again."),
    SIGN_IN_ENDED("Home Assistant ended the sign-in. Run setup again."),
    SIGN_IN_TAKEN_BACK(
            "Home Assistant took the sign-in back. Run setup again; if that stays, look at its"
                    + " log."),
    /// The detail is the user's name.
    NOT_ADMINISTRATOR(
            "%s is no administrator of Home Assistant. Run setup again and sign in as one."),
    /// The detail is the version.
    HOME_ASSISTANT_TOO_OLD(
            "Home Assistant %s is too old. Vestibule needs "
                    + HomeAssistantVersion.OLDEST
                    + " or newer: update it first.");

    private final String pattern;

    Flaw(String pattern) {
        this.pattern = pattern;
    }

    String sentence(String detail) {
        return pattern.replace("%s", detail);
    }
}
