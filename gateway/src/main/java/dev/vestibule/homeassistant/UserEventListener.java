package dev.vestibule.homeassistant;

/// Is told what happens to users, one event after the other, on a thread where it may wait and may
/// ask Home Assistant.
public interface UserEventListener {

    void onEvent(UserEvent event);
}
