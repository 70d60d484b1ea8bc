package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.List;

/// `/api/onboarding`: there until the owner is.
final class OnboardingApi {

    private static final List<String> STEPS =
            List.of("user", "core_config", "analytics", "integration");
    private static final Schema USER =
            Schema.of(
                    Schema.required("name"),
                    Schema.required("username"),
                    Schema.required("password"),
                    Schema.required("client_id"),
                    Schema.required("language"));

    private final House house;
    private final boolean wasOnboarded;

    OnboardingApi(House house) {
        this.house = house;
        this.wasOnboarded = house.isOnboarded();
    }

    /// A house that was set up before it started has no such paths.
    void addTo(Endpoints endpoints) {
        if (wasOnboarded) {
            return;
        }
        endpoints.open("GET", "/api/onboarding", _ -> status());
        endpoints.open("POST", "/api/onboarding/users", this::createOwner);
    }

    private Answer status() {
        ArrayNode steps = Json.array();
        for (String step : STEPS) {
            boolean isDone = step.equals("user") && house.isOnboarded();
            steps.addObject().put("step", step).put("done", isDone);
        }
        return Answer.json(200, steps);
    }

    private Answer createOwner(HomeRequest request) {
        if (house.isOnboarded()) {
            return Answer.message(403, "User step already done");
        }
        JsonNode json = request.json().orElse(Json.nothing());
        if (USER.complaint(json).isPresent()) {
            return Answer.message(400, "Message format incorrect");
        }
        Credential owner =
                house.addOwner(
                        json.path("name").asText(),
                        json.path("username").asText(),
                        json.path("password").asText());
        String code = house.codes().issue(json.path("client_id").asText(), owner);
        return Answer.json(200, Json.object().put("auth_code", code));
    }
}
