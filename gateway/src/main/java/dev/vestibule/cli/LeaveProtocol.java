package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfLeaving;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.cli.LeaveControl.LeaveSection;

import java.util.Optional;

/// How what is said about leaving is written; see [ControlProtocol].
final class LeaveProtocol {

    private static final String IF_NOBODY_COMES_BACK = "if-nobody-comes-back";
    private static final String ALTHOUGH = "although-people-come-back";

    private LeaveProtocol() {}

    static void write(ObjectNode json, OfLeaving request) {
        switch (request) {
            case OfLeaving.Plan(var home) -> json.put("command", "leave-plan").put("home", home);
            case OfLeaving.Leave(var home, var mayComeBack) ->
                    json.put("command", "leave")
                            .put("home", home)
                            .put("how", mayComeBack ? ALTHOUGH : IF_NOBODY_COMES_BACK);
            case OfLeaving.ComeBack(var home) -> json.put("command", "come-back").put("home", home);
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

    private static Optional<ControlRequest> leave(JsonNode json, String home) {
        return switch (json.path("how").asText("")) {
            case IF_NOBODY_COMES_BACK -> Optional.of(new OfLeaving.Leave(home, false));
            case ALTHOUGH -> Optional.of(new OfLeaving.Leave(home, true));
            default -> Optional.empty();
        };
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
