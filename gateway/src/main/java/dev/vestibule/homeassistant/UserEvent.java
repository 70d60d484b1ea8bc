package dev.vestibule.homeassistant;

/// Something happened to the users of a Home Assistant, perhaps in its own pages.
public sealed interface UserEvent {

    record Added(String userId) implements UserEvent {}

    record Updated(String userId) implements UserEvent {}

    record Removed(String userId) implements UserEvent {}

    /// A connection begins, or an event was not dealt with: anything may have changed unnoticed.
    record Reconnected() implements UserEvent {}
}
