package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;

/// Where the servers of voice assistants send what somebody said: one light at a time goes on or
/// off.
final class VoiceApi {

    private static final Map<String, String> ALEXA =
            Map.of("TurnOn", "turn_on", "TurnOff", "turn_off");

    private final House house;

    VoiceApi(House house) {
        this.house = house;
    }

    void addTo(Endpoints endpoints) {
        endpoints.guarded("POST", "/api/google_assistant", this::google);
        endpoints.guarded("POST", "/api/alexa/smart_home", this::alexa);
        endpoints.guarded("POST", "/api/mcp", this::tools);
        endpoints.guarded("GET", "/media/local/{file...}", _ -> Answer.text(200, "a song"));
    }

    /// Google's intents SYNC and EXECUTE.
    private Answer google(HomeRequest request) {
        JsonNode message = request.json().orElse(Json.nothing());
        JsonNode input = message.path("inputs").path(0);
        ObjectNode payload = Json.object();
        switch (input.path("intent").asText()) {
            case "action.devices.SYNC" -> devices(payload.putArray("devices"));
            case "action.devices.EXECUTE" -> execute(request, input, payload);
            default -> payload.put("errorCode", "protocolError");
        }
        ObjectNode answer = Json.object().put("requestId", message.path("requestId").asText());
        answer.set("payload", payload);
        return Answer.json(200, answer);
    }

    private void devices(ArrayNode devices) {
        house.states().all().stream()
                .filter(state -> state.domain().equals("light"))
                .forEach(state -> devices.addObject().put("id", state.entityId()));
    }

    private void execute(HomeRequest request, JsonNode input, ObjectNode payload) {
        JsonNode command = input.path("payload").path("commands").path(0);
        String light = command.path("devices").path(0).path("id").asText();
        boolean isOn = command.path("execution").path(0).path("params").path("on").asBoolean();
        boolean isDone = turn(request, light, isOn ? "turn_on" : "turn_off");
        payload.putArray("commands")
                .addObject()
                .put("status", isDone ? "SUCCESS" : "ERROR")
                .putArray("ids")
                .add(light);
    }

    /// Alexa's interface `PowerController`.
    private Answer alexa(HomeRequest request) {
        JsonNode directive =
                request.json().map(message -> message.path("directive")).orElse(Json.nothing());
        String service =
                ALEXA.getOrDefault(directive.path("header").path("name").asText(), "toggle");
        boolean isDone =
                turn(
                        request,
                        directive.path("endpoint").path("endpointId").asText().replace('#', '.'),
                        service);
        ObjectNode answer = Json.object();
        answer.putObject("event")
                .putObject("header")
                .put("namespace", "Alexa")
                .put("name", isDone ? "Response" : "ErrorResponse");
        return Answer.json(200, answer);
    }

    private boolean turn(HomeRequest request, String light, String service) {
        return request.user()
                .map(
                        user ->
                                house.services()
                                        .call(
                                                "light",
                                                service,
                                                Json.object().put("entity_id", light),
                                                user))
                .filter(Services.Outcome.Done.class::isInstance)
                .isPresent();
    }

    /// As much of the Model Context Protocol as a first word needs.
    private Answer tools(HomeRequest request) {
        ObjectNode answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", request.json().map(call -> call.path("id")).orElse(Json.nothing()));
        answer.putObject("result").putArray("tools").addObject().put("name", "HassTurnOn");
        return Answer.json(200, answer);
    }
}
