package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Tells everybody who listens what happened. Lives on the event loop.
final class EventBus {

    private final InstantSource time;
    private final Set<Consumer<Event>> listeners = new LinkedHashSet<>();

    EventBus(InstantSource time) {
        this.time = time;
    }

    /// @return what ends the listening
    Runnable listen(Consumer<Event> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void fire(String type, ObjectNode data, Context context) {
        tell(new Event(type, data, time.instant(), context, null));
    }

    void fireChange(Change change, Context context) {
        tell(new Event("state_changed", change.data(), time.instant(), context, change));
    }

    void fireUserEvent(String type, User user) {
        fire(type, Json.object().put("user_id", user.id()), Context.ofHouse());
    }

    private void tell(Event event) {
        List.copyOf(listeners).forEach(listener -> listener.accept(event));
    }
}
