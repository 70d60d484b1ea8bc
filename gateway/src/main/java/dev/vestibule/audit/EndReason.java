package dev.vestibule.audit;

/// Why access ended, or changed. The codes are part of the log's format, and short phrases, since
/// they came before this list. Every one has a sentence in every language.
public enum EndReason implements Reason {
    NOT_USED("not used for too long"),
    TIME_OVER("its time was over"),
    SIGNED_OUT("signed out"),
    SIGNED_OUT_EVERYWHERE("signed out everywhere"),
    SIGNED_OUT_AT_PROVIDER("signed out at the provider"),
    /// In the same browser.
    SIGNED_IN_ANEW("signed in anew"),
    SIGNED_IN_AT_PROVIDER_AGAIN("signed in at the provider again"),
    TOO_MANY_SESSIONS("too many sessions"),
    SESSION_RAN_OUT("its session ran out"),
    BY_ITS_PERSON("ended by its person"),
    BY_ITS_PERSON_IN_HOME_ASSISTANT("ended by its person in Home Assistant"),
    BY_ITS_CLIENT("revoked by its client"),
    /// At the command line.
    BY_OPERATOR("by the operator"),
    /// In the console.
    BY_ADMINISTRATOR("by an administrator"),
    BY_IDENTITY_SYSTEM("the identity system said so"),
    ENDED_IN_HOME_ASSISTANT("ended there"),
    CHANGED_IN_HOME_ASSISTANT("changed in Home Assistant"),
    SWITCHED_OFF_IN_HOME_ASSISTANT("user switched-off in Home Assistant"),
    DELETED_IN_HOME_ASSISTANT("user deleted in Home Assistant"),
    GROUPS_IN_HOME_ASSISTANT("groups in Home Assistant"),
    GROUPS_AT_PROVIDER("groups at the provider"),
    VOUCHED_NO_LONGER("the provider vouches no longer"),
    DISABLED_AT_PROVIDER("disabled at the provider"),
    PROVIDER_WRONG("the provider answered wrongly"),
    /// The master key is another one.
    TOKEN_UNOPENED("the token does not open"),
    /// RFC 6749 section 5.2: the provider accepts its own refresh token no longer.
    INVALID_GRANT("invalid_grant"),
    RECOGNISED("recognised at a sign-in"),
    LINKED("linked to another user"),
    /// The proxy in front.
    OTHER_PERSON("it names somebody else"),
    CODE_TWICE("its code was shown twice"),
    /// After it had become something.
    CODE_AGAIN("its authorization code was shown twice"),
    UNVERIFIED("could not be verified"),
    NO_LONGER_ALLOWED("no longer allowed"),
    ROLE_CHANGED("role changed"),
    NO_ROLE("no role"),
    ROLE_OF_CONFIGURATION("role of the configuration"),
    KIOSK_ROLE_CHANGED("its role in the configuration changed"),
    KIOSK_KEY_NEEDED("it must hold a key from now on"),
    PASSKEY_REMOVED("its passkey was removed"),
    PASSKEY_NOT_THEIRS("a passkey was not theirs"),
    HOUSE_LEFT("the house is being left");

    private final String code;

    EndReason(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}
