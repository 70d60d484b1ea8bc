package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfDeprovisioning;
import dev.vestibule.cli.DeprovisioningControl.HoldLine;

import java.util.List;
import java.util.Optional;

/// How what is said about held departures is written; see [ControlProtocol].
final class DeprovisioningProtocol {

    private DeprovisioningProtocol() {}

    static void write(ObjectNode json, OfDeprovisioning request) {
        switch (request) {
            case OfDeprovisioning.ListAll() -> json.put("command", "deprovisioning-list");
            case OfDeprovisioning.Allow(var source) ->
                    json.put("command", "deprovisioning-allow").put("source", source);
            case OfDeprovisioning.Dismiss(var source) ->
                    json.put("command", "deprovisioning-dismiss").put("source", source);
        }
    }

    static Optional<ControlRequest> read(JsonNode json) {
        return switch (json.path("command").asText("")) {
            case "deprovisioning-list" -> Optional.of(new OfDeprovisioning.ListAll());
            case "deprovisioning-allow" ->
                    ControlProtocol.text(json, "source").map(OfDeprovisioning.Allow::new);
            case "deprovisioning-dismiss" ->
                    ControlProtocol.text(json, "source").map(OfDeprovisioning.Dismiss::new);
            default -> Optional.empty();
        };
    }

    static void write(ObjectNode json, List<HoldLine> lines) {
        ArrayNode array = json.put("answer", "holds").putArray("lines");
        for (HoldLine line : lines) {
            array.addObject()
                    .put("source", line.source())
                    .put("state", line.state())
                    .put("since", line.since())
                    .put("until", line.until())
                    .put("leaving", line.leaving())
                    .put("waiting", line.waiting());
        }
    }

    static HoldLine line(JsonNode line) {
        return new HoldLine(
                line.path("source").asText(""),
                line.path("state").asText(""),
                line.path("since").asText(""),
                line.path("until").asText(""),
                line.path("leaving").asText(""),
                line.path("waiting").asText(""));
    }
}
