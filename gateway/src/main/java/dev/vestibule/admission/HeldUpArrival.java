package dev.vestibule.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Visitor;

/// What a question for a second factor holds up, when somebody arrives.
///
/// @param epoch the account's, at which it was let in
/// @param proof what the person proved themselves with
record HeldUpArrival(AccountId account, long epoch, Proof proof, Errand errand) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Claimant claimant(Holder holder, Visitor visitor) {
        return new Claimant(account, epoch, holder, proof, Claimant.from(visitor));
    }

    /// As it is kept in the store.
    String stored() {
        return JSON.createObjectNode()
                .put("account", account.value())
                .put("epoch", epoch)
                .put("way", proof.way().stored())
                .put("key", proof.key())
                .put("user", errand.homeAssistantUserId())
                .put("destination", new Destination.Client(errand.client()).stored())
                .toString();
    }

    /// @throws IllegalStateException where it is not what [#stored()] wrote
    static HeldUpArrival of(String stored) {
        try {
            JsonNode node = JSON.readTree(stored);
            return switch (Destination.of(node.path("destination").asText())) {
                case Destination.Client(var client) ->
                        new HeldUpArrival(
                                new AccountId(node.path("account").asText()),
                                node.path("epoch").asLong(),
                                proof(node),
                                new Errand(node.path("user").asText(), client));
                case Destination.Page _, Destination.HandOff _ ->
                        throw new IllegalStateException("a second factor leads to a client");
            };
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored arrival cannot be read", broken);
        }
    }

    /// What an earlier release asked has no proof with it, and so none that stands: no passkey is
    /// called so.
    private static Proof proof(JsonNode node) {
        return node.has("way")
                ? new Proof(SignInWay.of(node.path("way").asText()), node.path("key").asText())
                : new Proof(SignInWay.PASSKEY, "");
    }
}
