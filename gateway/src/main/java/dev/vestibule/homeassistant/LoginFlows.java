package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.MfaStep.MfaModule;
import dev.vestibule.homeassistant.Transport.Answer;
import dev.vestibule.secret.Secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Home Assistant's `/auth/login_flow`, run by the gateway. Safe to share between threads. Every
/// method waits, and throws [HomeAssistantUnavailable] for an outage.
///
/// All requests of a flow name the same address to Home Assistant, which otherwise refuses to go
/// on. A wrong password or code is a 200, and counts for Home Assistant's own bans of that address.
public final class LoginFlows {

    private static final String PATH = "/auth/login_flow";
    private static final List<?> HANDLER = Arrays.asList(HomeAssistantUser.PASSWORD_PROVIDER, null);
    private static final Pattern FLOW_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final Transport transport;
    private final ForwardingProbe forwarding;
    private final Runnable standing;

    /// @param standing signs in well in the gateway's own name
    LoginFlows(Transport transport, ForwardingProbe forwarding, Runnable standing) {
        this.transport = transport;
        this.forwarding = forwarding;
        this.standing = standing;
    }

    /// Begins a flow and answers its first step.
    public LoginFlowResult signIn(LoginRequest request) {
        ForwardedFor forwardedFor = forwarding.forClient(request.client());
        Answer begun = begin(request, forwardedFor);
        if (begun.status() != 200) {
            return refusal(begun);
        }
        String flowId = Json.text(begun.body(), "flow_id");
        Answer answer =
                step(
                        flowId,
                        request.clientId(),
                        forwardedFor,
                        Map.of(
                                "username", request.username(),
                                "password", request.password().reveal()));
        LoginFlowResult result = read(answer, request.clientId(), forwardedFor);
        if (result instanceof LoginFlowResult.InvalidCredentials) {
            // Home Assistant keeps a flow that waits for another try until it restarts.
            discard(flowId, forwardedFor);
            forget(forwardedFor);
        }
        return result;
    }

    /// Where nobody was named, Home Assistant counted the failure for the gateway itself, and would
    /// ban it with everybody who comes through it (attack: somebody types wrong passwords until the
    /// house is dark). A sign-in that goes well sets the count back to nothing.
    private void forget(ForwardedFor forwardedFor) {
        if (forwardedFor.header().isEmpty()) {
            standing.run();
        }
    }

    private Answer begin(LoginRequest request, ForwardedFor forwardedFor) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("client_id", request.clientId());
        body.put("handler", HANDLER);
        body.put("redirect_uri", request.redirectUri());
        body.put("type", "authorize");
        return transport.postJson(PATH, body, forwardedFor);
    }

    /// Answers the question for a second factor.
    ///
    /// @param answer the code, or the id of a module where the step asks for one
    public LoginFlowResult answerMfa(MfaStep step, Secret answer) {
        String field = step.asksForModule() ? "multi_factor_auth_module" : "code";
        ForwardedFor forwardedFor = new ForwardedFor(step.forwardedFor());
        LoginFlowResult result =
                read(
                        step(
                                step.flowId(),
                                step.clientId(),
                                forwardedFor,
                                Map.of(field, answer.reveal())),
                        step.clientId(),
                        forwardedFor);
        switch (result) {
            case LoginFlowResult.WrongMfaCode _, LoginFlowResult.Aborted _ -> forget(forwardedFor);
            case LoginFlowResult.Code _,
                    LoginFlowResult.MfaRequired _,
                    LoginFlowResult.InvalidCredentials _,
                    LoginFlowResult.Refused _ -> {}
        }
        return result;
    }

    /// Ends a flow that nobody will finish.
    public void abandon(MfaStep step) {
        discard(step.flowId(), new ForwardedFor(step.forwardedFor()));
    }

    private void discard(String flowId, ForwardedFor forwardedFor) {
        transport.delete(flowPath(flowId), forwardedFor);
    }

    private Answer step(
            String flowId, String clientId, ForwardedFor forwardedFor, Map<String, String> input) {
        Map<String, String> body = new LinkedHashMap<>(input);
        body.put("client_id", clientId);
        return transport.postJson(flowPath(flowId), body, forwardedFor);
    }

    private static String flowPath(String flowId) {
        if (!FLOW_ID.matcher(flowId).matches()) {
            throw new HomeAssistantUnavailable("Home Assistant's flow id cannot be used in a path");
        }
        return PATH + "/" + flowId;
    }

    private static LoginFlowResult read(Answer answer, String clientId, ForwardedFor forwardedFor) {
        if (answer.status() != 200) {
            return refusal(answer);
        }
        JsonNode body = answer.body();
        return switch (Json.text(body, "type")) {
            case "create_entry" -> code(body);
            case "abort" -> new LoginFlowResult.Aborted(abort(Json.text(body, "reason")));
            case "form" -> form(body, clientId, forwardedFor);
            default -> throw new HomeAssistantUnavailable("Home Assistant's flow is unknown");
        };
    }

    private static LoginFlowResult code(JsonNode body) {
        String code = Json.text(body, "result");
        if (code.isEmpty()) {
            throw new HomeAssistantUnavailable("Home Assistant ended a flow without a code");
        }
        return new LoginFlowResult.Code(new AuthorizationCode(new Secret(code)));
    }

    private static LoginFlowResult form(JsonNode body, String clientId, ForwardedFor forwardedFor) {
        String stepId = Json.text(body, "step_id");
        String error = Json.text(body.path("errors"), "base");
        return switch (stepId) {
            case "init" ->
                    error.equals("invalid_auth")
                            ? new LoginFlowResult.InvalidCredentials()
                            : new LoginFlowResult.Aborted(LoginAbort.OTHER);
            case MfaStep.CODE, MfaStep.SELECT -> {
                MfaStep step =
                        new MfaStep(
                                Json.text(body, "flow_id"),
                                stepId,
                                clientId,
                                forwardedFor.text(),
                                modules(body));
                yield error.isEmpty()
                        ? new LoginFlowResult.MfaRequired(step)
                        : new LoginFlowResult.WrongMfaCode(step);
            }
            default -> new LoginFlowResult.Aborted(LoginAbort.OTHER);
        };
    }

    /// One module is named by the placeholders of the code's form, several by the options of the
    /// form that asks which: a list of pairs of id and name.
    private static List<MfaModule> modules(JsonNode form) {
        List<MfaModule> modules = new ArrayList<>();
        JsonNode named = form.path("description_placeholders");
        if (!Json.text(named, "mfa_module_id").isEmpty()) {
            modules.add(
                    new MfaModule(
                            Json.text(named, "mfa_module_id"),
                            Json.text(named, "mfa_module_name")));
        }
        for (JsonNode field : form.path("data_schema")) {
            for (JsonNode option : field.path("options")) {
                modules.add(new MfaModule(option.path(0).asText(""), option.path(1).asText("")));
            }
        }
        return modules;
    }

    private static LoginAbort abort(String reason) {
        return switch (reason) {
            case "login_expired" -> LoginAbort.EXPIRED;
            case "too_many_retry" -> LoginAbort.TOO_MANY_TRIES;
            default -> LoginAbort.OTHER;
        };
    }

    /// Home Assistant tells these apart by its message alone. An unknown one refuses.
    private static LoginFlowResult refusal(Answer answer) {
        if (!answer.isJson()) {
            // A ban of the address (403), or forwarding headers that are no longer wanted (400).
            throw new HomeAssistantUnavailable(
                    "Home Assistant refused a login flow with status " + answer.status());
        }
        return switch (Json.text(answer.body(), "message")) {
            case "Login blocked: User is not active" -> refused(LoginRefusal.INACTIVE);
            case "Login blocked: User cannot authenticate remotely",
                    "Login blocked: User is local only" ->
                    refused(LoginRefusal.LOCAL_ONLY);
            case "Invalid client id" -> refused(LoginRefusal.CLIENT_ID);
            case "Invalid redirect URI" -> refused(LoginRefusal.REDIRECT_URI);
            case "Invalid flow specified" -> new LoginFlowResult.Aborted(LoginAbort.FLOW_LOST);
            case "IP address changed" -> new LoginFlowResult.Aborted(LoginAbort.ADDRESS_CHANGED);
            default -> refused(LoginRefusal.OTHER);
        };
    }

    private static LoginFlowResult refused(LoginRefusal reason) {
        return new LoginFlowResult.Refused(reason);
    }
}
