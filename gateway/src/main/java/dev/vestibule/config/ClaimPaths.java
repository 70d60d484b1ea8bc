package dev.vestibule.config;

/// Where in a provider's claims the facts about a person stand. A path names members from the
/// outside in, joined by dots: `realm_access.roles`. A member whose own name contains dots, such as
/// `https://example.com/groups`, is written as it is: the exact name is tried first.
///
/// @param username the name a person is called by in lists and logs; where it is missing, the
///   provider's subject is used. Default: `preferred_username`. Example: `email`
/// @param name the name shown to others. Default: `name`. Example: `profile.display_name`
/// @param picture the https address of a portrait. Default: `picture`. Example: `avatar_url`
/// @param groups the groups that roles are made from: a list of texts, or one text. Default:
///   `groups`. Example: `realm_access.roles`
public record ClaimPaths(String username, String name, String picture, String groups) {

    public static final ClaimPaths DEFAULTS =
            new ClaimPaths("preferred_username", "name", "picture", "groups");

    public ClaimPaths {
        requirePath(username);
        requirePath(name);
        requirePath(picture);
        requirePath(groups);
    }

    private static void requirePath(String path) {
        if (path.isBlank() || path.length() > 256) {
            throw new IllegalArgumentException(
                    "a claim path has 1 to 256 characters, not '" + path + "'");
        }
    }
}
