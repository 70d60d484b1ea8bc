package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Commands.Who;
import dev.vestibule.testhouse.home.Schema.Kind;

import java.util.Set;

/// Commands whose answer goes on: events, entities, templates.
final class SubscriptionCommands {

    /// What a user who is no administrator may listen to.
    private static final Set<String> FOR_EVERYBODY =
            Set.of(
                    "area_registry_updated",
                    "component_loaded",
                    "core_config_updated",
                    "device_registry_updated",
                    "entity_registry_updated",
                    "lovelace_updated",
                    "panels_updated",
                    "service_registered",
                    "service_removed",
                    "shopping_list_updated",
                    "state_changed",
                    "themes_updated");

    private SubscriptionCommands() {}

    static void addTo(Commands commands) {
        commands.add(
                "subscribe_events",
                Who.ANYBODY,
                SubscriptionCommands::subscribeEvents,
                Schema.optional("event_type"));
        commands.add(
                "unsubscribe_events",
                Who.ANYBODY,
                SubscriptionCommands::unsubscribe,
                Schema.required("subscription", Kind.NUMBER));
        commands.add(
                "subscribe_entities",
                Who.ANYBODY,
                SubscriptionCommands::subscribeEntities,
                Schema.optional("entity_ids", Kind.LIST));
        commands.add(
                "render_template",
                Who.ADMIN,
                SubscriptionCommands::renderTemplate,
                Schema.required("template"),
                Schema.optional("variables", Kind.OBJECT),
                Schema.optional("timeout", Kind.ANY),
                Schema.optional("strict", Kind.FLAG),
                Schema.optional("report_errors", Kind.FLAG));
    }

    private static void subscribeEvents(Call call) {
        String wanted = call.optionalText("event_type").orElse("*");
        if (!call.user().isAdmin() && !FOR_EVERYBODY.contains(wanted)) {
            call.fail("unauthorized", "Unauthorized");
            return;
        }
        listen(
                call,
                event -> {
                    if (wanted.equals("*") || wanted.equals(event.type())) {
                        sendEvent(call, event);
                    }
                });
        call.succeed();
    }

    private static void listen(Call call, java.util.function.Consumer<Event> listener) {
        call.socket().subscribe(call.id(), call.house().bus().listen(listener));
    }

    private static void sendEvent(Call call, Event event) {
        if (!event.type().equals("state_changed") || call.user().mayRead()) {
            call.event(event.json());
        }
    }

    private static void unsubscribe(Call call) {
        if (call.socket().unsubscribe(call.message().path("subscription").asInt())) {
            call.succeed();
        } else {
            call.fail("not_found", "Subscription not found.");
        }
    }

    private static void subscribeEntities(Call call) {
        JsonNode chosen = call.message().path("entity_ids");
        listen(
                call,
                event -> {
                    String entityId = event.data().path("entity_id").asText();
                    if (event.type().equals("state_changed")
                            && isChosen(chosen, entityId)
                            && call.user().mayRead()) {
                        event.change().ifPresent(change -> call.event(change.compressed()));
                    }
                });
        call.succeed();
        ObjectNode all = Json.object();
        ObjectNode added = all.putObject("a");
        if (call.user().mayRead()) {
            call.house().states().all().stream()
                    .filter(state -> isChosen(chosen, state.entityId()))
                    .forEach(state -> added.set(state.entityId(), state.compressed()));
        }
        call.event(all);
    }

    private static boolean isChosen(JsonNode chosen, String entityId) {
        return !chosen.isArray()
                || chosen.valueStream().anyMatch(one -> one.asText().equals(entityId));
    }

    private static void renderTemplate(Call call) {
        String template = call.text("template");
        call.socket().subscribe(call.id(), () -> {});
        call.succeed();
        ObjectNode event =
                Json.object().put("result", Templates.render(template, call.house().states()));
        ObjectNode listeners = event.putObject("listeners").put("all", false);
        listeners.putArray("entities");
        listeners.putArray("domains");
        listeners.put("time", false);
        call.event(event);
    }
}
