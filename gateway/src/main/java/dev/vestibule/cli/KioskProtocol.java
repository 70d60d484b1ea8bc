package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfKiosk;
import dev.vestibule.cli.KioskControl.KioskKeyLine;

import java.util.List;
import java.util.Optional;

/// How what is said about tablets' keys is written; see [ControlProtocol].
final class KioskProtocol {

    private KioskProtocol() {}

    static void write(ObjectNode json, OfKiosk request) {
        switch (request) {
            case OfKiosk.ListAll() -> json.put("command", "kiosk-list");
            case OfKiosk.Remove(var key) -> json.put("command", "kiosk-remove").put("key", key);
        }
    }

    static Optional<ControlRequest> read(JsonNode json) {
        return switch (json.path("command").asText("")) {
            case "kiosk-list" -> Optional.of(new OfKiosk.ListAll());
            case "kiosk-remove" -> ControlProtocol.text(json, "key").map(OfKiosk.Remove::new);
            default -> Optional.empty();
        };
    }

    static void write(ObjectNode json, List<KioskKeyLine> lines) {
        ArrayNode array = json.put("answer", "kiosk-keys").putArray("lines");
        for (KioskKeyLine line : lines) {
            array.addObject()
                    .put("id", line.id())
                    .put("home", line.home())
                    .put("kiosk", line.kiosk())
                    .put("device", line.device())
                    .put("approved-by", line.approvedBy())
                    .put("created", line.created())
                    .put("last-used", line.lastUsed());
        }
    }

    static KioskKeyLine line(JsonNode line) {
        return new KioskKeyLine(
                line.path("id").asText(""),
                line.path("home").asText(""),
                line.path("kiosk").asText(""),
                line.path("device").asText(""),
                line.path("approved-by").asText(""),
                line.path("created").asText(""),
                line.path("last-used").asText(""));
    }
}
