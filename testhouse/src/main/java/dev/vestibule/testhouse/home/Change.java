package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/// An entity that came, changed or went.
///
/// @param before null where it is new
/// @param after null where it is gone
record Change(String entityId, @Nullable EntityState before, @Nullable EntityState after) {

    ObjectNode data() {
        ObjectNode data = Json.object().put("entity_id", entityId);
        data.set("old_state", before == null ? Json.nothing() : before.json());
        data.set("new_state", after == null ? Json.nothing() : after.json());
        return data;
    }

    /// As `subscribe_entities` tells it: added, changed or removed.
    ObjectNode compressed() {
        ObjectNode event = Json.object();
        if (after == null) {
            event.putArray("r").add(entityId);
        } else if (before == null) {
            event.putObject("a").set(entityId, after.compressed());
        } else {
            event.putObject("c").set(entityId, after.compressedSince(before));
        }
        return event;
    }
}
