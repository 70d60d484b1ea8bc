package dev.vestibule.testhouse.home;

import java.util.List;
import java.util.Optional;

/// What a user of the house is at one moment.
///
/// @param usernames of all credentials, the oldest first
/// @param groups such as `system-users`
public record HomeUser(
        String id,
        String name,
        List<String> usernames,
        List<String> groups,
        boolean isOwner,
        boolean isActive,
        boolean isLocalOnly,
        boolean isSystemGenerated) {

    public HomeUser {
        usernames = List.copyOf(usernames);
        groups = List.copyOf(groups);
    }

    /// The user name that Home Assistant shows: that of the oldest credential.
    public Optional<String> username() {
        return usernames.stream().findFirst();
    }

    static HomeUser of(User user) {
        return new HomeUser(
                user.id(),
                user.name(),
                user.credentials().stream().map(Credential::username).toList(),
                user.groupIds(),
                user.isOwner(),
                user.isActive(),
                user.isLocalOnly(),
                user.isSystemGenerated());
    }
}
