package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Commands.Who;
import dev.vestibule.testhouse.home.Schema.Kind;

import java.util.HashMap;
import java.util.Map;

/// What the front end asks besides: its own data, registries, webhooks, streams, add-ons.
final class FrontendCommands {

    private final Map<String, ObjectNode> userData = new HashMap<>();
    private final AddOns addOns;

    FrontendCommands(AddOns addOns) {
        this.addOns = addOns;
    }

    void addTo(Commands commands) {
        commands.add("frontend/get_user_data", Who.ANYBODY, this::userData, Schema.optional("key"));
        commands.add(
                "frontend/set_user_data",
                Who.ANYBODY,
                this::setUserData,
                Schema.required("key"),
                Schema.required("value", Kind.ANY));
        commands.add("frontend/get_themes", Who.ANYBODY, call -> call.succeed(themes()));
        commands.add(
                "config/entity_registry/list",
                Who.ANYBODY,
                call -> call.succeed(entityRegistry(call)));
        commands.add("config/area_registry/list", Who.ANYBODY, call -> call.succeed(Json.array()));
        commands.add(
                "config/device_registry/list", Who.ANYBODY, call -> call.succeed(Json.array()));
        // Anybody may ask, and gets everybody's.
        commands.add("webhook/list", Who.ANYBODY, call -> call.succeed(webhooks(call)));
        commands.add(
                "camera/stream",
                Who.ANYBODY,
                FrontendCommands::cameraStream,
                Schema.required("entity_id"),
                Schema.optional("format"));
        commands.add(
                "supervisor/api",
                Who.ANYBODY,
                this::supervisor,
                Schema.required("endpoint"),
                Schema.required("method"),
                Schema.optional("data", Kind.OBJECT),
                Schema.optional("timeout", Kind.ANY));
    }

    private void userData(Call call) {
        JsonNode data = userData.getOrDefault(call.user().id(), Json.object());
        JsonNode value = call.optionalText("key").map(data::path).orElse(data);
        ObjectNode result = Json.object();
        result.set("value", value.isMissingNode() ? Json.nothing() : value);
        call.succeed(result);
    }

    private void setUserData(Call call) {
        userData.computeIfAbsent(call.user().id(), _ -> Json.object())
                .set(call.text("key"), call.message().path("value"));
        call.succeed();
    }

    private static ObjectNode themes() {
        ObjectNode themes = Json.object();
        themes.putObject("themes");
        themes.put("default_theme", "default");
        themes.putNull("default_dark_theme");
        return themes;
    }

    private static ArrayNode entityRegistry(Call call) {
        ArrayNode entries = Json.array();
        for (EntityState state : call.house().states().all()) {
            ObjectNode entry = entries.addObject();
            entry.putNull("area_id");
            entry.putNull("config_entry_id");
            entry.putNull("device_id");
            entry.putNull("disabled_by");
            entry.put("entity_id", state.entityId()).put("has_entity_name", false);
            entry.putNull("hidden_by");
            entry.put("platform", "demo");
            entry.put(
                    "original_name",
                    state.attributes().path("friendly_name").asText(state.entityId()));
        }
        return entries;
    }

    private static ArrayNode webhooks(Call call) {
        ArrayNode result = Json.array();
        for (var one : call.house().phones().all()) {
            switch (one.getValue()) {
                case Phones.Webhook.Phone phone ->
                        webhook(result, one.getKey(), "mobile_app", phone.name(), false);
                case Phones.Webhook.Automation(var name, var isLocalOnly) ->
                        webhook(result, one.getKey(), "automation", name, isLocalOnly);
                // It still answers, with 410.
                case Phones.Webhook.Removed(var name) ->
                        webhook(result, one.getKey(), "mobile_app", name, false);
            }
        }
        return result;
    }

    private static void webhook(
            ArrayNode result, String id, String domain, String name, boolean isLocalOnly) {
        result.addObject()
                .put("webhook_id", id)
                .put("domain", domain)
                .put("name", name)
                .put("local_only", isLocalOnly)
                .putArray("allowed_methods")
                .add("POST")
                .add("PUT");
    }

    private static void cameraStream(Call call) {
        boolean isCamera =
                call.house()
                        .states()
                        .find(call.text("entity_id"))
                        .filter(state -> state.domain().equals("camera"))
                        .isPresent();
        if (!isCamera) {
            call.fail("home_assistant_error", "Camera not found");
            return;
        }
        String token = call.house().capabilities().newStream();
        call.succeed(Json.object().put("url", "/api/hls/" + token + "/master_playlist.m3u8"));
    }

    private void supervisor(Call call) {
        if (call.text("endpoint").equals("/ingress/session")) {
            call.succeed(Json.object().put("session", addOns.newSession()));
        } else {
            call.fail("unknown_error", "Unknown error");
        }
    }
}
