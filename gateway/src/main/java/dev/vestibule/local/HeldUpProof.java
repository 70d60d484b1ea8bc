package dev.vestibule.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Destination;

/// What a question for a second factor holds up, when somebody proves their login.
///
/// @param name whose login is being proved
record HeldUpProof(LoginName name, LoginPurpose purpose, Destination destination) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// As it is kept in the store.
    String stored() {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("name", name.hash())
                        .put("destination", destination.stored());
        if (purpose instanceof LoginPurpose.Link(var account, var epoch)) {
            node.put("account", account.value()).put("epoch", epoch);
        }
        return node.toString();
    }

    /// @throws IllegalStateException where it is not what [#stored()] wrote
    static HeldUpProof of(String stored) {
        try {
            JsonNode node = JSON.readTree(stored);
            return new HeldUpProof(
                    new LoginName(node.path("name").asText()),
                    purpose(node),
                    Destination.of(node.path("destination").asText()));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored proof cannot be read", broken);
        }
    }

    private static LoginPurpose purpose(JsonNode node) {
        return node.has("account")
                ? new LoginPurpose.Link(
                        new AccountId(node.path("account").asText()), node.path("epoch").asLong())
                : new LoginPurpose.SignIn();
    }
}
