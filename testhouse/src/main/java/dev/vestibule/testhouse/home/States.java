package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state machine: what every entity is now. Lives on the event loop.
final class States {

    private final InstantSource time;
    private final EventBus bus;
    private final Map<String, EntityState> states = new LinkedHashMap<>();

    States(InstantSource time, EventBus bus) {
        this.time = time;
        this.bus = bus;
    }

    List<EntityState> all() {
        return List.copyOf(states.values());
    }

    Optional<EntityState> find(String entityId) {
        return Optional.ofNullable(states.get(entityId));
    }

    List<EntityState> ofDomain(String domain) {
        return states.values().stream().filter(state -> state.domain().equals(domain)).toList();
    }

    /// Sets state and keeps the attributes.
    void setState(String entityId, String state, Context context) {
        ObjectNode attributes =
                find(entityId).map(old -> old.attributes().deepCopy()).orElseGet(Json::object);
        if (entityId.startsWith("light.")) {
            attributes.put("color_mode", state.equals("on") ? "onoff" : null);
        }
        set(entityId, state, attributes, context);
    }

    /// Sets everything; what is no change is not told.
    void set(String entityId, String state, ObjectNode attributes, Context context) {
        Instant now = time.instant();
        EntityState old = states.get(entityId);
        if (old != null && old.state().equals(state) && old.attributes().equals(attributes)) {
            return;
        }
        Instant changedAt = old != null && old.state().equals(state) ? old.changedAt() : now;
        var next = new EntityState(entityId, state, attributes, changedAt, now, context);
        states.put(entityId, next);
        bus.fireChange(new Change(entityId, old, next), context);
    }

    void remove(String entityId) {
        EntityState old = states.remove(entityId);
        if (old != null) {
            bus.fireChange(new Change(entityId, old, null), Context.ofHouse());
        }
    }
}
