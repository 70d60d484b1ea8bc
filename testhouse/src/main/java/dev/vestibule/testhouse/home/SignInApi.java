package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Endpoint.Access;
import dev.vestibule.testhouse.home.Endpoint.Cors;

import java.util.Optional;

/// `/auth/providers` and `/auth/login_flow`: how somebody signs in.
final class SignInApi {

    private static final Schema BEGIN =
            Schema.of(
                    Schema.required("client_id"),
                    Schema.required("handler", Schema.Kind.ANY),
                    Schema.required("redirect_uri"),
                    Schema.optional("type"));

    private final House house;
    private final Bans bans;

    SignInApi(House house, Bans bans) {
        this.house = house;
        this.bans = bans;
    }

    void addTo(Endpoints endpoints) {
        endpoints.open("GET", "/auth/providers", this::providers);
        flowEndpoint(endpoints, "POST", "/auth/login_flow", this::begin);
        flowEndpoint(endpoints, "POST", "/auth/login_flow/{flow}", this::step);
        flowEndpoint(endpoints, "DELETE", "/auth/login_flow/{flow}", this::abort);
        // The original stumbles over this one.
        flowEndpoint(endpoints, "GET", "/auth/login_flow/{flow}", _ -> Answer.broken());
    }

    private static void flowEndpoint(
            Endpoints endpoints, String method, String pattern, Endpoint.Action.Whole action) {
        endpoints.add(new Endpoint(method, pattern, Access.ANYBODY, Cors.METHODLESS, action));
    }

    private Answer providers(HomeRequest request) {
        if (!house.isOnboarded()) {
            return Answer.json(
                    400,
                    Json.object()
                            .put("message", "Onboarding not finished")
                            .put("code", "onboarding_required"));
        }
        var list = Json.array();
        ObjectNode provider = list.addObject().put("name", "Home Assistant Local");
        provider.putNull("id");
        provider.put("type", "homeassistant");
        if (!house.version().wrapsProviders()) {
            return Answer.json(200, list);
        }
        ObjectNode wrapped = Json.object();
        wrapped.set("providers", list);
        wrapped.put("preselect_remember_me", Addresses.isLocal(request.remote()));
        return Answer.json(200, wrapped);
    }

    private Answer begin(HomeRequest request) {
        Optional<JsonNode> json = request.json();
        if (json.isEmpty()) {
            return Answer.message(400, "Invalid JSON.");
        }
        Optional<String> complaint = BEGIN.complaint(json.get());
        if (complaint.isPresent()) {
            return Answer.message(400, malformed(complaint.get()));
        }
        if (!ClientIds.isValid(json.get().path("client_id").asText())) {
            return Answer.message(400, "Invalid client id");
        }
        if (!json.get().path("handler").equals(LoginFlows.handler())) {
            return Answer.broken();
        }
        var flow =
                house.flows()
                        .begin(
                                request.remote(),
                                json.get().path("redirect_uri").asText(),
                                json.get().path("type").asText().equals("link_user"));
        return Answer.json(200, house.flows().firstForm(flow));
    }

    /// Over HTTP, what was got instead is not named.
    private static String malformed(String complaint) {
        return "Message format incorrect: " + complaint.replaceAll("\\. Got .*", "");
    }

    private Answer step(HomeRequest request) {
        Optional<JsonNode> json = request.json();
        if (json.isEmpty()) {
            return Answer.message(400, "Invalid JSON.");
        }
        if (!json.get().path("client_id").isTextual()) {
            return Answer.message(400, malformed("required key not provided @ data['client_id']"));
        }
        String clientId = json.get().path("client_id").asText();
        if (!ClientIds.isValid(clientId)) {
            return Answer.message(400, "Invalid client id");
        }
        Optional<LoginFlows.Flow> flow = house.flows().find(request.part("flow"));
        if (flow.isEmpty()) {
            return Answer.message(404, "Invalid flow specified");
        }
        if (!flow.get().from().equals(request.remote())) {
            return Answer.message(400, "IP address changed");
        }
        ObjectNode input = json.get().deepCopy();
        input.remove("client_id");
        return answer(request, flow.get(), clientId, house.flows().advance(flow.get(), input));
    }

    private Answer answer(
            HomeRequest request, LoginFlows.Flow flow, String clientId, LoginFlows.Step step) {
        return switch (step) {
            case LoginFlows.Step.Form(var form, boolean isFailedAttempt) -> {
                if (isFailedAttempt) {
                    bans.failed(request.remote());
                }
                yield Answer.json(200, form);
            }
            case LoginFlows.Step.Abort(var json) -> Answer.json(200, json);
            case LoginFlows.Step.SignedIn(var credential) ->
                    signedIn(request, flow, clientId, credential);
            case LoginFlows.Step.Malformed _ -> Answer.message(400, "User input malformed");
            case LoginFlows.Step.Broken _ -> Answer.broken();
        };
    }

    private Answer signedIn(
            HomeRequest request, LoginFlows.Flow flow, String clientId, Credential credential) {
        if (!ClientIds.mayRedirect(clientId, flow.redirectUri())) {
            return Answer.message(403, "Invalid redirect URI");
        }
        Optional<String> refusal =
                credential.user().flatMap(user -> house.refusal(user, request.remote()));
        if (refusal.isPresent()) {
            bans.failed(request.remote());
            return Answer.message(403, "Login blocked: " + refusal.get());
        }
        bans.succeeded(request.remote());
        ObjectNode result = Json.object().put("version", 1).put("minor_version", 1);
        result.put("type", "create_entry").put("flow_id", flow.id());
        result.set("handler", LoginFlows.handler());
        result.putNull("description");
        result.putNull("description_placeholders");
        return Answer.json(200, result.put("result", house.codes().issue(clientId, credential)));
    }

    private Answer abort(HomeRequest request) {
        Optional<LoginFlows.Flow> flow = house.flows().find(request.part("flow"));
        if (flow.isEmpty()) {
            return Answer.message(404, "Invalid flow specified");
        }
        house.flows().end(flow.get());
        return Answer.message(200, "Flow aborted");
    }
}
