package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/// Who caused something.
///
/// @param userId null where the house itself did
record Context(String id, @Nullable String userId) {

    static Context ofHouse() {
        return new Context(Ids.contextId(), null);
    }

    static Context of(User user) {
        return new Context(Ids.contextId(), user.id());
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("id", id);
        json.putNull("parent_id");
        return json.put("user_id", userId);
    }
}
