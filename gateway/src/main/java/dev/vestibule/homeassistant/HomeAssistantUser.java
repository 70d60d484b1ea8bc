package dev.vestibule.homeassistant;

import java.util.List;
import java.util.Set;

/// A user of Home Assistant.
///
/// @param username of the first credential of the `homeassistant` provider; empty when there is
///   none
/// @param isOwner made the house; cannot be deactivated
/// @param systemGenerated made by an integration, such as Cast; cannot be changed
/// @param credentialProviders the provider of each credential, in order; a provider may come twice
public record HomeAssistantUser(
        String id,
        String username,
        String name,
        boolean isOwner,
        boolean isActive,
        boolean localOnly,
        boolean systemGenerated,
        Set<String> groupIds,
        List<String> credentialProviders) {

    /// The provider that keeps user names and passwords, and the hidden credentials with them.
    public static final String PASSWORD_PROVIDER = "homeassistant";

    public HomeAssistantUser {
        groupIds = Set.copyOf(groupIds);
        credentialProviders = List.copyOf(credentialProviders);
    }

    public boolean isAdministrator() {
        return isOwner || groupIds.contains(HomeAssistantGroup.ADMIN.id());
    }

    public boolean isExactlyIn(HomeAssistantGroup group) {
        return groupIds.equals(Set.of(group.id()));
    }

    /// How many user names with passwords the user has, hidden ones included.
    public long passwordCredentials() {
        return credentialProviders.stream().filter(PASSWORD_PROVIDER::equals).count();
    }
}
