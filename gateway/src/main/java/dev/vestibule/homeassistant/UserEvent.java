package dev.vestibule.homeassistant;

/// Something happened to the users of a Home Assistant, perhaps in its own pages.
public sealed interface UserEvent {

    record Added(String userId) implements UserEvent {}

    record Updated(String userId) implements UserEvent {}

    record Removed(String userId) implements UserEvent {}

    /// A connection begins: anything may have changed while nobody listened.
    record Reconnected() implements UserEvent {}
}
