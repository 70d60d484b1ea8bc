package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfLeaving;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.cli.LeaveControl.LeaveSection;
import dev.vestibule.leave.Although;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How what is said about leaving is written; see [ControlProtocol].
final class LeaveProtocol {

    private static final String ALTHOUGH = "although";
    private static final String PEOPLE_COME_BACK = "people-come-back";
    private static final String DEPARTURES_ARE_HELD = "departures-are-held";
    private static final Set<String> KNOWN = Set.of(PEOPLE_COME_BACK, DEPARTURES_ARE_HELD);

    private LeaveProtocol() {}

    static void write(ObjectNode json, OfLeaving request) {
        switch (request) {
            case OfLeaving.Plan(var home) -> json.put("command", "leave-plan").put("home", home);
            case OfLeaving.Leave(var home, var although) ->
                    write(json.put("command", "leave").put("home", home), although);
            case OfLeaving.ComeBack(var home) -> json.put("command", "come-back").put("home", home);
        }
    }

    private static void write(ObjectNode json, Although although) {
        ArrayNode words = json.putArray(ALTHOUGH);
        if (although.peopleComeBack()) {
            words.add(PEOPLE_COME_BACK);
        }
        if (although.departuresAreHeld()) {
            words.add(DEPARTURES_ARE_HELD);
        }
    }

    static Optional<ControlRequest> read(JsonNode json) {
        Optional<String> home = ControlProtocol.text(json, "home");
        return switch (json.path("command").asText("")) {
            case "leave-plan" -> home.map(OfLeaving.Plan::new);
            case "leave" -> home.flatMap(name -> leave(json, name));
            case "come-back" -> home.map(OfLeaving.ComeBack::new);
            default -> Optional.empty();
        };
    }

    /// A word that is not known here is not passed over: it may be a reason not to do it.
    private static Optional<ControlRequest> leave(JsonNode json, String home) {
        List<String> words = ControlProtocol.texts(json.path(ALTHOUGH));
        return json.path(ALTHOUGH).isArray() && KNOWN.containsAll(words)
                ? Optional.of(
                        new OfLeaving.Leave(
                                home,
                                new Although(
                                        words.contains(PEOPLE_COME_BACK),
                                        words.contains(DEPARTURES_ARE_HELD))))
                : Optional.empty();
    }

    static void write(ObjectNode json, LeaveReport report) {
        ArrayNode array =
                json.put("answer", "leaving")
                        .put("state", report.isDone() ? "done" : "not-done")
                        .putArray("lines");
        for (LeaveSection section : report.sections()) {
            ArrayNode lines = array.addObject().put("heading", section.heading()).putArray("lines");
            section.lines().forEach(lines::add);
        }
    }

    static LeaveReport report(JsonNode json) {
        return new LeaveReport(
                json.path("lines").valueStream().map(LeaveProtocol::section).toList(),
                json.path("state").asText("").equals("done"));
    }

    private static LeaveSection section(JsonNode section) {
        return new LeaveSection(
                section.path("heading").asText(""), ControlProtocol.texts(section.path("lines")));
    }
}
