package dev.vestibule.homeassistant;

/// What became of deleting a user.
public sealed interface UserDeletion {

    record Deleted() implements UserDeletion {}

    record UserNotFound() implements UserDeletion {}

    /// @param code such as `no_delete_self`
    record Refused(String code) implements UserDeletion {}
}
