package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Commands.Who;
import dev.vestibule.testhouse.home.Schema.Kind;

import java.util.List;
import java.util.Map;

/// Commands about the house as a whole: what it is, what is in it, what it can do.
final class SystemCommands {

    private static final List<String> ADMIN_PANELS = List.of("config", "developer-tools");
    private static final List<String> PANELS =
            List.of("lovelace", "config", "developer-tools", "profile", "history", "logbook");

    private SystemCommands() {}

    static void addTo(Commands commands) {
        commands.add("ping", Who.ANYBODY, Call::pong);
        commands.add(
                "supported_features",
                Who.ANYBODY,
                SystemCommands::supportedFeatures,
                Schema.required("features", Kind.OBJECT));
        commands.add(
                "get_config", Who.ANYBODY, call -> call.succeed(call.house().settings().json()));
        commands.add("get_states", Who.ANYBODY, SystemCommands::states);
        commands.add("get_services", Who.ANYBODY, call -> call.succeed(services()));
        commands.add("get_panels", Who.ANYBODY, SystemCommands::panels);
        commands.add(
                "call_service",
                Who.ANYBODY,
                SystemCommands::callService,
                Schema.required("domain"),
                Schema.required("service"),
                Schema.optional("service_data", Kind.OBJECT),
                Schema.optional("target", Kind.OBJECT),
                Schema.optional("return_response", Kind.FLAG));
        commands.add(
                "fire_event",
                Who.ADMIN,
                SystemCommands::fireEvent,
                Schema.required("event_type"),
                Schema.optional("event_data", Kind.OBJECT));
        commands.add(
                "config/core/update",
                Who.ADMIN,
                SystemCommands::updateConfig,
                Schema.optional("external_url", Kind.ANY),
                Schema.optional("internal_url", Kind.ANY),
                Schema.optional("location_name"));
    }

    private static void supportedFeatures(Call call) {
        if (call.message().path("features").path("coalesce_messages").asInt() == 1) {
            call.socket().coalesce();
        }
        call.succeed();
    }

    private static void states(Call call) {
        var states = Json.array();
        if (call.user().mayRead()) {
            call.house().states().all().forEach(state -> states.add(state.json()));
        }
        call.succeed(states);
    }

    static ObjectNode services() {
        ObjectNode services = Json.object();
        for (String domain : List.of("homeassistant", "input_boolean", "light")) {
            ObjectNode verbs = services.putObject(domain);
            for (String verb : List.of("turn_on", "turn_off", "toggle")) {
                ObjectNode service = verbs.putObject(verb);
                service.put("name", verb.replace('_', ' ')).put("description", "");
                service.putObject("fields");
                service.putObject("target");
            }
        }
        return services;
    }

    private static void panels(Call call) {
        ObjectNode panels = Json.object();
        for (String path : PANELS) {
            boolean isForAdmins = ADMIN_PANELS.contains(path);
            if (!isForAdmins || call.user().isAdmin()) {
                ObjectNode panel = panels.putObject(path).put("component_name", path);
                panel.putNull("icon");
                panel.putNull("title");
                panel.putNull("config");
                panel.put("url_path", path).put("require_admin", isForAdmins);
                panel.putNull("config_panel_domain");
            }
        }
        call.succeed(panels);
    }

    private static void callService(Call call) {
        JsonNode target = call.message().path("target");
        JsonNode data = target.has("entity_id") ? target : call.message().path("service_data");
        var outcome =
                call.house()
                        .services()
                        .call(call.text("domain"), call.text("service"), data, call.user());
        switch (outcome) {
            case Services.Outcome.Done(var context, _) -> {
                ObjectNode result = Json.object();
                result.set("context", context.json());
                call.succeed(result);
            }
            case Services.Outcome.NoSuchService _ -> noSuchService(call);
            case Services.Outcome.NotAllowed _ -> call.fail("home_assistant_error", "Unauthorized");
            case Services.Outcome.UnknownUser _ -> call.fail("home_assistant_error", "UnknownUser");
        }
    }

    private static void noSuchService(Call call) {
        if (call.house().version().translatesErrors()) {
            call.fail(
                    "not_found",
                    "Service %s.%s not found.".formatted(call.text("domain"), call.text("service")),
                    Map.entry("homeassistant", "service_not_found"));
        } else {
            call.fail("not_found", "Service not found.");
        }
    }

    private static void fireEvent(Call call) {
        ObjectNode data =
                call.message().path("event_data") instanceof ObjectNode given
                        ? given
                        : Json.object();
        var context = Context.of(call.user());
        call.house().bus().fire(call.text("event_type"), data, context);
        ObjectNode result = Json.object();
        result.set("context", context.json());
        call.succeed(result);
    }

    private static void updateConfig(Call call) {
        Settings settings = call.house().settings();
        if (call.message().has("external_url")) {
            settings.setExternalUrl(call.optionalText("external_url").orElse(""));
        }
        if (call.message().has("internal_url")) {
            settings.setInternalUrl(call.optionalText("internal_url").orElse(""));
        }
        call.optionalText("location_name").ifPresent(settings::setLocationName);
        call.house().bus().fire("core_config_updated", Json.object(), Context.of(call.user()));
        call.succeed();
    }
}
