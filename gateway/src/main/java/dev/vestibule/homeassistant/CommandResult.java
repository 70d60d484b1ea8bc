package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

/// The answer to a websocket command.
sealed interface CommandResult {

    record Success(JsonNode result) implements CommandResult {}

    /// @param code such as `not_found`, `unknown_command` or `home_assistant_error`
    /// @param translationKey what went wrong where the code is `home_assistant_error`, else empty
    record Failure(String code, String translationKey, String message) implements CommandResult {

        /// Releases say the same thing by a code of its own or by a translation key.
        boolean says(String reason) {
            return code.equals(reason) || translationKey.equals(reason);
        }
    }
}
