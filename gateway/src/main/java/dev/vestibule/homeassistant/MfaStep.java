package dev.vestibule.homeassistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.secret.Secret;

import java.util.ArrayList;
import java.util.List;

/// A question of a login flow that waits for an answer. Plain text throughout, so that it can be
/// kept (sealed) between two requests of the person.
///
/// @param stepId `mfa` asks for a code, `select_mfa_module` for one of the modules
/// @param modules what to choose from, or the one module that asks for the code
/// @param forwardedFor the address that was named to Home Assistant, the same for all steps of a
///   flow; empty when none was
public record MfaStep(
        String flowId,
        String stepId,
        String clientId,
        String forwardedFor,
        List<MfaModule> modules) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final String SELECT = "select_mfa_module";
    static final String CODE = "mfa";

    public MfaStep {
        modules = List.copyOf(modules);
    }

    /// Whether the answer is the id of one of several modules, and not a code.
    public boolean asksForModule() {
        return stepId.equals(SELECT);
    }

    /// As it is sealed in a store.
    public Secret stored() {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("flow_id", flowId)
                        .put("step_id", stepId)
                        .put("client_id", clientId)
                        .put("forwarded_for", forwardedFor);
        ArrayNode list = node.putArray("modules");
        modules.forEach(module -> list.addArray().add(module.id()).add(module.name()));
        return new Secret(node.toString());
    }

    /// @throws IllegalStateException where it is not what [#stored()] wrote
    public static MfaStep of(Secret stored) {
        try {
            JsonNode node = JSON.readTree(stored.reveal());
            List<MfaModule> modules = new ArrayList<>();
            for (JsonNode module : node.path("modules")) {
                modules.add(new MfaModule(module.path(0).asText(), module.path(1).asText()));
            }
            return new MfaStep(
                    node.path("flow_id").asText(),
                    node.path("step_id").asText(),
                    node.path("client_id").asText(),
                    node.path("forwarded_for").asText(),
                    modules);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a sealed step cannot be read", broken);
        }
    }

    /// @param id such as `totp`
    /// @param name such as `Authenticator app`
    public record MfaModule(String id, String name) {}
}
