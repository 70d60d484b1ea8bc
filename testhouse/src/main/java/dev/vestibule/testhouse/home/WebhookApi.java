package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// `/api/webhook/<id>` and the registration of phones. Who knows an id may use it: nobody asks for
/// a token, or whether the owner is still active.
final class WebhookApi {

    private static final Schema REGISTRATION =
            Schema.of(
                    Schema.optional("device_id"),
                    Schema.required("app_id"),
                    Schema.required("app_name"),
                    Schema.required("app_version"),
                    Schema.required("device_name"),
                    Schema.required("manufacturer"),
                    Schema.required("model"),
                    Schema.optional("os_name"),
                    Schema.optional("os_version"),
                    Schema.required("supports_encryption", Schema.Kind.FLAG),
                    Schema.optional("app_data", Schema.Kind.OBJECT));

    private final House house;

    WebhookApi(House house) {
        this.house = house;
    }

    void addTo(Endpoints endpoints) {
        for (String method : List.of("GET", "HEAD", "POST", "PUT")) {
            endpoints.openToAllOrigins(method, "/api/webhook/{id}", this::answer);
        }
        endpoints.guarded("POST", "/api/mobile_app/registrations", this::register);
    }

    private Answer register(HomeRequest request) {
        Optional<User> user = request.user();
        Optional<JsonNode> json = request.json();
        if (user.isEmpty() || json.isEmpty()) {
            return Answer.message(400, "Invalid JSON specified.");
        }
        Optional<String> complaint = REGISTRATION.complaint(json.get());
        if (complaint.isPresent() || !(json.get() instanceof ObjectNode registration)) {
            return Answer.message(400, "Message format incorrect: " + complaint.orElse(""));
        }
        ObjectNode result = Json.object();
        result.putNull("cloudhook_url");
        result.putNull("remote_ui_url");
        result.putNull("secret");
        result.put("webhook_id", house.phones().register(user.get(), registration));
        return Answer.json(201, result);
    }

    /// An unknown id gets an empty 200, so that ids cannot be probed.
    private Answer answer(HomeRequest request) {
        Optional<Phones.Webhook> webhook = house.phones().find(request.part("id"));
        if (webhook.isEmpty()) {
            return Answer.empty(200);
        }
        if (!List.of("POST", "PUT").contains(request.method())) {
            return Answer.text(405, "405: Method Not Allowed");
        }
        return switch (webhook.get()) {
            case Phones.Webhook.Automation(var name, boolean isLocalOnly) ->
                    automation(request, name, isLocalOnly);
            case Phones.Webhook.Removed _ -> Answer.empty(410);
            case Phones.Webhook.Phone phone ->
                    request.json()
                            .map(json -> phone(request.part("id"), phone, json))
                            .orElseGet(() -> Answer.empty(400));
        };
    }

    private Answer automation(HomeRequest request, String name, boolean isLocalOnly) {
        if (!isLocalOnly || Addresses.isLocal(request.remote())) {
            house.bus()
                    .fire(
                            "automation_triggered",
                            Json.object().put("name", name),
                            Context.ofHouse());
        }
        return Answer.empty(200);
    }

    private Answer phone(String id, Phones.Webhook.Phone phone, JsonNode message) {
        JsonNode data = message.path("data");
        return switch (message.path("type").asText()) {
            case "get_config" -> plain(house.settings().json());
            case "get_zones" -> plain(Json.array());
            case "call_service" -> callService(phone, data);
            case "fire_event" -> fireEvent(phone, data);
            case "render_template" -> plain(rendered(data));
            case "update_registration" -> update(id, phone, data);
            case "register_sensor", "update_sensor_states" ->
                    Answer.json(201, Json.object().put("success", true));
            case "update_location", "enable_encryption" -> plain(Json.object());
            // The original answers what it does not know with an empty 200 too.
            default -> Answer.empty(200);
        };
    }

    private static Answer plain(JsonNode json) {
        return Answer.of(200, "application/json", Json.bytes(json));
    }

    private Answer callService(Phones.Webhook.Phone phone, JsonNode data) {
        house.services()
                .callFromPhone(
                        data.path("domain").asText(),
                        data.path("service").asText(),
                        data.path("service_data"),
                        phone.owner());
        return phone.owner().isDeleted() ? Answer.empty(200) : plain(Json.object());
    }

    private Answer fireEvent(Phones.Webhook.Phone phone, JsonNode data) {
        ObjectNode eventData =
                data.path("event_data") instanceof ObjectNode given ? given : Json.object();
        house.bus().fire(data.path("event_type").asText(), eventData, Context.of(phone.owner()));
        return plain(Json.object());
    }

    private ObjectNode rendered(JsonNode data) {
        ObjectNode results = Json.object();
        data.properties()
                .forEach(
                        one ->
                                results.put(
                                        one.getKey(),
                                        Templates.render(
                                                one.getValue().path("template").asText(),
                                                house.states())));
        return results;
    }

    private Answer update(String id, Phones.Webhook.Phone phone, JsonNode data) {
        ObjectNode registration = phone.registration().deepCopy();
        data.properties().forEach(one -> registration.set(one.getKey(), one.getValue()));
        house.phones().replace(id, new Phones.Webhook.Phone(phone.owner(), registration));
        ObjectNode shown = registration.deepCopy();
        shown.remove(List.of("app_id", "os_name", "supports_encryption"));
        return plain(shown);
    }
}
