package dev.vestibule.provisioning;

import dev.vestibule.homeassistant.HomeAssistantUser;

/// Whether a user of Home Assistant has a login besides hidden credentials.
///
/// Home Assistant shows the user name of the first credential, and how many there are. A user has
/// one hidden credential of the account that they are now, which came after those that accounts of
/// before had and that wait to be removed. So where the first is a hidden one of somebody else, the
/// others may be hidden ones too, and when unsure there is no login: nobody is left without one
/// because of it.
public final class OwnLogin {

    private OwnLogin() {}

    /// Whether they can sign in by any provider.
    ///
    /// @param hiddenName of the account that the user is now; of the user's own credential where
    ///   they are nobody's
    public static boolean isThere(HomeAssistantUser user, String hiddenName) {
        return isMoreThanHidden(user, hiddenName, user.credentialProviders().size());
    }

    /// As [#isThere], by a password.
    public static boolean isPassword(HomeAssistantUser user, String hiddenName) {
        return isMoreThanHidden(user, hiddenName, user.passwordCredentials());
    }

    private static boolean isMoreThanHidden(HomeAssistantUser user, String hiddenName, long count) {
        return user.username().startsWith(Trace.HIDDEN_PREFIX)
                ? user.username().equals(hiddenName) && count >= 2
                : count >= 1;
    }
}
