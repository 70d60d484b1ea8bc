package dev.vestibule.account;

/// How an account came to be.
public enum AccountOrigin {
    /// First sign-in at an identity provider.
    OIDC,
    /// A person of Home Assistant whose token was in use before the gateway came.
    ADOPTED,
    /// An identity system decides about it over SCIM: it created the person, or was given them.
    SCIM,
    /// A Home Assistant user who signed in with their own login there.
    LOCAL,
    /// A wall tablet that the configuration names.
    KIOSK,
    /// The emergency administrator of a home.
    BREAK_GLASS;

    /// Whether the account is a person's: what [the way in][dev.vestibule.session.SignInWay] says
    /// of a session, for where only the account is known.
    public boolean isAPersons() {
        return switch (this) {
            case OIDC, ADOPTED, SCIM, LOCAL -> true;
            case KIOSK, BREAK_GLASS -> false;
        };
    }
}
