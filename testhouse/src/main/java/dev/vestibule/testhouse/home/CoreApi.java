package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// `/api/...` for scripts: configuration, states, services, events.
final class CoreApi {

    private final House house;

    CoreApi(House house) {
        this.house = house;
    }

    void addTo(Endpoints endpoints) {
        endpoints.guarded("GET", "/api/", _ -> Answer.message(200, "API running."));
        endpoints.guarded("GET", "/api/config", _ -> Answer.json(200, house.settings().json()));
        endpoints.guarded(
                "GET",
                "/api/core/state",
                _ -> Answer.json(200, Json.object().put("state", "RUNNING")));
        endpoints.guarded("GET", "/api/states", this::states);
        endpoints.guarded("GET", "/api/states/{entity}", this::state);
        endpoints.guarded("POST", "/api/states/{entity}", this::setState);
        endpoints.guarded("DELETE", "/api/states/{entity}", this::removeState);
        endpoints.guarded("GET", "/api/services", _ -> Answer.json(200, services()));
        endpoints.guarded("POST", "/api/services/{domain}/{service}", this::callService);
        endpoints.guarded("GET", "/api/events", _ -> Answer.json(200, Json.array()));
        endpoints.guarded("POST", "/api/events/{type}", this::fireEvent);
        endpoints.guarded("POST", "/api/template", this::renderTemplate);
        endpoints.guarded("GET", "/api/error_log", _ -> Answer.text(200, ""));
        endpoints.open(
                "GET",
                "/api/person/list",
                _ ->
                        Answer.json(
                                400,
                                Json.object()
                                        .put("message", "Not local")
                                        .put("code", "not_local")));
        endpoints.open(
                "GET", "/auth/external/callback", _ -> Answer.text(200, "Missing state parameter"));
    }

    private static boolean isAdmin(HomeRequest request) {
        return request.user().filter(User::isAdmin).isPresent();
    }

    private static Answer.Whole uncompressed(int status, JsonNode json) {
        return Answer.of(status, "application/json", Json.bytes(json));
    }

    private Answer states(HomeRequest request) {
        ArrayNode states = Json.array();
        if (request.user().filter(User::mayRead).isPresent()) {
            house.states().all().forEach(state -> states.add(state.json()));
        }
        return Answer.json(200, states);
    }

    private Answer state(HomeRequest request) {
        if (request.user().filter(User::mayRead).isEmpty()) {
            return Answer.unauthorized();
        }
        return house.states()
                .find(request.part("entity"))
                .map(state -> uncompressed(200, state.json()))
                .orElseGet(() -> Answer.message(404, "Entity not found."));
    }

    private Answer setState(HomeRequest request) {
        Optional<User> user = request.user();
        if (user.isEmpty() || !isAdmin(request)) {
            return Answer.unauthorized();
        }
        JsonNode json = request.json().orElse(Json.object());
        if (!json.path("state").isTextual()) {
            return Answer.message(400, "No state specified.");
        }
        String entityId = request.part("entity");
        boolean isNew = house.states().find(entityId).isEmpty();
        ObjectNode attributes =
                json.path("attributes") instanceof ObjectNode given ? given : Json.object();
        house.states()
                .set(entityId, json.path("state").asText(), attributes, Context.of(user.get()));
        return house.states()
                .find(entityId)
                .map(state -> Answer.json(isNew ? 201 : 200, state.json()))
                .orElseGet(Answer::broken);
    }

    private Answer removeState(HomeRequest request) {
        if (!isAdmin(request)) {
            return Answer.unauthorized();
        }
        if (house.states().find(request.part("entity")).isEmpty()) {
            return Answer.message(404, "Entity not found.");
        }
        house.states().remove(request.part("entity"));
        return Answer.message(200, "Entity removed.");
    }

    private static ArrayNode services() {
        ArrayNode list = Json.array();
        SystemCommands.services()
                .properties()
                .forEach(
                        domain ->
                                list.addObject()
                                        .put("domain", domain.getKey())
                                        .set("services", domain.getValue()));
        return list;
    }

    private Answer callService(HomeRequest request) {
        Optional<User> user = request.user();
        JsonNode data =
                request.body().length == 0 ? Json.object() : request.json().orElse(Json.nothing());
        if (user.isEmpty() || !data.isObject()) {
            return Answer.message(400, "Data should be valid JSON.");
        }
        var outcome =
                house.services()
                        .call(request.part("domain"), request.part("service"), data, user.get());
        return switch (outcome) {
            case Services.Outcome.Done(_, List<EntityState> changed) -> {
                ArrayNode states = Json.array();
                changed.forEach(state -> states.add(state.json()));
                yield Answer.json(200, states);
            }
            case Services.Outcome.NoSuchService _ -> Answer.badRequest();
            case Services.Outcome.NotAllowed _, Services.Outcome.UnknownUser _ ->
                    Answer.unauthorized();
        };
    }

    private Answer fireEvent(HomeRequest request) {
        Optional<User> user = request.user();
        if (user.isEmpty() || !isAdmin(request)) {
            return Answer.unauthorized();
        }
        ObjectNode data =
                request.json().orElse(Json.object()) instanceof ObjectNode given
                        ? given
                        : Json.object();
        String type = request.part("type");
        house.bus().fire(type, data, Context.of(user.get()));
        return Answer.message(200, "Event " + type + " fired.");
    }

    private Answer renderTemplate(HomeRequest request) {
        if (!isAdmin(request)) {
            return Answer.unauthorized();
        }
        String template = request.json().orElse(Json.object()).path("template").asText();
        return Answer.of(
                200,
                "text/plain; charset=utf-8",
                Templates.render(template, house.states()).getBytes(StandardCharsets.UTF_8));
    }
}
