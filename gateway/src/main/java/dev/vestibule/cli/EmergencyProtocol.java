package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfEmergency;

import java.time.Duration;
import java.util.Optional;

/// How what is said in an emergency is written; see [ControlProtocol].
final class EmergencyProtocol {

    private EmergencyProtocol() {}

    static void write(ObjectNode json, OfEmergency request) {
        switch (request) {
            case OfEmergency.BreakGlass(var home, var isAnywhere) ->
                    json.put("command", "break-glass")
                            .put("home", home)
                            .put("from", isAnywhere ? "anywhere" : "lan");
            case OfEmergency.LocalLoginOn(var home, var length) ->
                    json.put("command", "local-login-on")
                            .put("home", home)
                            .put("minutes", Long.toString(length.toMinutes()));
            case OfEmergency.LocalLoginOff(var home) ->
                    json.put("command", "local-login-off").put("home", home);
            case OfEmergency.LocalLoginStatus() -> json.put("command", "local-login-status");
        }
    }

    static Optional<ControlRequest> read(JsonNode json) {
        Optional<String> home = ControlProtocol.text(json, "home");
        return switch (json.path("command").asText("")) {
            case "break-glass" -> home.flatMap(name -> breakGlass(json, name));
            case "local-login-on" -> home.flatMap(name -> on(json, name));
            case "local-login-off" -> home.map(OfEmergency.LocalLoginOff::new);
            case "local-login-status" -> Optional.of(new OfEmergency.LocalLoginStatus());
            default -> Optional.empty();
        };
    }

    private static Optional<ControlRequest> breakGlass(JsonNode json, String home) {
        return switch (json.path("from").asText("")) {
            case "lan" -> Optional.of(new OfEmergency.BreakGlass(home, false));
            case "anywhere" -> Optional.of(new OfEmergency.BreakGlass(home, true));
            default -> Optional.empty();
        };
    }

    private static Optional<ControlRequest> on(JsonNode json, String home) {
        return ControlProtocol.text(json, "minutes")
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(text -> Duration.ofMinutes(Long.parseLong(text)))
                .map(length -> new OfEmergency.LocalLoginOn(home, length));
    }
}
