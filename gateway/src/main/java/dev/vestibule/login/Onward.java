package dev.vestibule.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.admission.Destination;

/// Where a browser goes on to when a provider has sent it back. Kept on the server meanwhile.
sealed interface Onward {

    ObjectMapper JSON = new ObjectMapper();

    /// To where the person wanted to be.
    record To(Destination destination) implements Onward {

        @Override
        public String stored() {
            return destination.stored();
        }
    }

    /// To the code for an app. Who gets it has proved themselves before this errand.
    ///
    /// @param link names the hand-off
    /// @param epoch the account's, at which it was let in
    record ToCode(String link, AccountId account, long epoch) implements Onward {

        boolean isFor(Account found) {
            return found.isActive() && found.epoch() == epoch;
        }

        @Override
        public String stored() {
            return JSON.createObjectNode()
                    .put("code_of", link)
                    .put("account", account.value())
                    .put("epoch", epoch)
                    .toString();
        }
    }

    /// As it is kept in the store.
    String stored();

    /// @throws IllegalStateException where it is not what [#stored()] wrote
    static Onward of(String stored) {
        try {
            JsonNode node = JSON.readTree(stored);
            return node.has("code_of")
                    ? new ToCode(
                            node.path("code_of").asText(),
                            new AccountId(node.path("account").asText()),
                            node.path("epoch").asLong())
                    : new To(Destination.of(stored));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("where to go on cannot be read", broken);
        }
    }
}
