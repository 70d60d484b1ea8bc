package dev.vestibule.config;

import java.util.Locale;
import java.util.Set;

/// How the people that a SCIM client sends are those who sign in with this provider; see `vestibule
/// scim-client add`.
///
/// @param match by which attribute a user that was sent is found when the person signs in. Default:
///   `external-id`. Example: `user-name`
/// @param claim the claim of the provider that holds the same; the path of one, as in `claims`. It
///   must never pass to somebody else, and nobody may be able to choose their own. Default: `sub`,
///   with `user-name` `preferred_username`. Example: `oid`
/// @param rolesFrom which groups decide the roles of a person whom a SCIM client of this provider
///   sent. Default: `scim`. Example: `sign-in`
/// @param people who may come in by this provider. Default: `anybody`. Example: `scim-only`
public record ScimConfig(Match match, String claim, RolesFrom rolesFrom, People people) {

    private static final Set<String> ADDRESSES = Set.of("email", "emails", "mail");

    public static final ScimConfig DEFAULTS =
            new ScimConfig(
                    Match.EXTERNAL_ID,
                    defaultClaim(Match.EXTERNAL_ID),
                    RolesFrom.SCIM,
                    People.ANYBODY);

    /// An attribute of a SCIM user.
    public enum Match {
        /// `externalId`, exactly as it was sent.
        EXTERNAL_ID,
        /// `userName`, in whatever case.
        USER_NAME
    }

    /// Whose groups are believed.
    public enum RolesFrom {
        /// Those that the client sent.
        SCIM,
        /// Those in the `groups` claim of the last sign-in.
        SIGN_IN
    }

    /// Who may come in.
    public enum People {
        /// Whoever the provider vouches for and has a role.
        ANYBODY,
        /// Of those, only whom one of its SCIM clients has sent.
        SCIM_ONLY
    }

    static String defaultClaim(Match match) {
        return switch (match) {
            case EXTERNAL_ID -> "sub";
            case USER_NAME -> "preferred_username";
        };
    }

    /// Attack: an address that its owner has lost, or one that a provider hands on unproven, opens
    /// somebody else's account.
    static boolean isAddress(String claim) {
        String last = claim.substring(claim.lastIndexOf('.') + 1);
        return ADDRESSES.contains(last.toLowerCase(Locale.ROOT));
    }

    public ScimConfig {
        if (isAddress(claim)) {
            throw new IllegalArgumentException("nobody is matched by e-mail: '" + claim + "'");
        }
    }
}
