package dev.vestibule.homeassistant;

/// Is told what happens to users, one event after the other, on a thread where it may wait and may
/// ask Home Assistant.
public interface UserEventListener {

    /// @return whether all that follows from the event was done; if not, an event
    ///   [UserEvent.Reconnected] follows after a while
    boolean onEvent(UserEvent event);
}
