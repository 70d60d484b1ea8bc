package dev.vestibule.provisioning;

import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.HomeAssistantUser;

/// What a role is in Home Assistant.
public final class RoleGroup {

    private RoleGroup() {}

    public static HomeAssistantGroup of(Role role) {
        return switch (role) {
            case ADMIN -> HomeAssistantGroup.ADMIN;
            case USER -> HomeAssistantGroup.USERS;
            case VIEWER -> HomeAssistantGroup.READ_ONLY;
        };
    }

    /// What a user of Home Assistant may do there.
    public static Role roleOf(HomeAssistantUser user) {
        if (user.isAdministrator()) {
            return Role.ADMIN;
        }
        return user.groupIds().contains(HomeAssistantGroup.USERS.id()) ? Role.USER : Role.VIEWER;
    }
}
