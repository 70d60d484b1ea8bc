package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// Something that happened, as the event bus tells it.
///
/// @param stateChange null where it is no change of an entity
record Event(
        String type, ObjectNode data, Instant at, Context context, @Nullable Change stateChange) {

    Optional<Change> change() {
        return Optional.ofNullable(stateChange);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("event_type", type);
        json.set("data", data);
        json.put("origin", "LOCAL").put("time_fired", Moments.text(at));
        json.set("context", context.json());
        return json;
    }
}
