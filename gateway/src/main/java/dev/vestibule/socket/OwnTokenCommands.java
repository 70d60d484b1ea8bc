package dev.vestibule.socket;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.grant.LiveGrant;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;

import java.util.Map;

/// Carries out, in Home Assistant's place, the commands by which people make and end tokens of
/// their own: what comes of them has to be known here before they hear of it. May wait; safe to
/// share between threads.
@FunctionalInterface
public interface OwnTokenCommands {

    /// @param members of the command, but for `id` and `type`, as they came
    Answer carryOut(Person person, Kind kind, Map<String, JsonNode> members);

    /// Who asks.
    ///
    /// @param accessToken by which the socket was opened; it may have run out since
    record Person(LiveGrant grant, Secret accessToken, ClientAddress from) {}

    /// The commands.
    enum Kind {
        MAKE("auth/long_lived_access_token"),
        END("auth/delete_refresh_token"),
        END_ALL("auth/delete_all_refresh_tokens");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /// How clients call it.
        String type() {
            return type;
        }
    }

    /// What the client hears.
    sealed interface Answer {

        record Result(JsonNode value) implements Answer {}

        record Failure(String code, String message) implements Answer {}
    }
}
