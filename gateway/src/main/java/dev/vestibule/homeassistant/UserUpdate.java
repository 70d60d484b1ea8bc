package dev.vestibule.homeassistant;

/// What became of a change to a user.
public sealed interface UserUpdate {

    record Updated(HomeAssistantUser user) implements UserUpdate {}

    record UserNotFound() implements UserUpdate {}

    /// @param code such as `cannot_modify_system_generated` or `cannot_deactivate_owner`
    record Refused(String code) implements UserUpdate {}
}
