package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Objects;

/// What an entity is at one moment. The attributes are never changed after the making.
record EntityState(
        String entityId,
        String state,
        ObjectNode attributes,
        Instant changedAt,
        Instant updatedAt,
        Context context) {

    String domain() {
        return entityId.substring(0, entityId.indexOf('.'));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("entity_id", entityId).put("state", state);
        json.set("attributes", attributes);
        json.put("last_changed", Moments.text(changedAt));
        json.put("last_updated", Moments.text(updatedAt));
        json.set("context", context.json());
        return json;
    }

    /// The short form of `subscribe_entities`.
    ObjectNode compressed() {
        ObjectNode json = Json.object().put("s", state);
        json.set("a", attributes);
        json.set("c", compressedContext());
        json.put("lc", Moments.seconds(changedAt));
        if (!updatedAt.equals(changedAt)) {
            json.put("lu", Moments.seconds(updatedAt));
        }
        return json;
    }

    private JsonNode compressedContext() {
        ObjectNode whole = context.json();
        return context.userId() == null ? whole.path("id") : whole;
    }

    /// What differs from an earlier state, in the short form.
    ObjectNode compressedSince(EntityState earlier) {
        ObjectNode added = Json.object();
        if (!state.equals(earlier.state)) {
            added.put("s", state);
        }
        added.put(
                changedAt.equals(earlier.changedAt) ? "lu" : "lc",
                Moments.seconds(changedAt.equals(earlier.changedAt) ? updatedAt : changedAt));
        ObjectNode since = Json.object();
        ObjectNode attributesAdded = Json.object();
        attributes
                .properties()
                .forEach(
                        one -> {
                            if (!one.getValue().equals(earlier.attributes.get(one.getKey()))) {
                                attributesAdded.set(one.getKey(), one.getValue());
                            }
                        });
        if (!attributesAdded.isEmpty()) {
            added.set("a", attributesAdded);
        }
        var attributesRemoved = Json.array();
        earlier.attributes
                .fieldNames()
                .forEachRemaining(name -> addIfGone(attributesRemoved, name));
        added.set("c", contextSince(earlier));
        since.set("+", added);
        if (!attributesRemoved.isEmpty()) {
            since.set("-", Json.object().set("a", attributesRemoved));
        }
        return since;
    }

    private void addIfGone(ArrayNode removed, String name) {
        if (!attributes.has(name)) {
            removed.add(name);
        }
    }

    private JsonNode contextSince(EntityState earlier) {
        ObjectNode whole = context.json();
        if (Objects.equals(context.userId(), earlier.context.userId())) {
            return whole.path("id");
        }
        return Json.object().put("user_id", context.userId()).put("id", context.id());
    }
}
