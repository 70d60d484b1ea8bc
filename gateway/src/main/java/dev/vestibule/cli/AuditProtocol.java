package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.AuditControl.AuditEntry;
import dev.vestibule.cli.AuditControl.AuditPage;
import dev.vestibule.cli.AuditControl.AuditWish;

import java.util.Optional;
import java.util.Set;

/// How what is said about the audit log is written; see [ControlProtocol].
final class AuditProtocol {

    private AuditProtocol() {}

    static void write(ObjectNode json, ControlRequest.FindAudit request) {
        AuditWish wish = request.wish();
        json.put("command", "audit-find")
                .put("since", wish.since())
                .put("until", wish.until())
                .put("account", wish.account())
                .put("count", Integer.toString(wish.count()))
                .put("order", wish.isOldestFirst() ? "oldest-first" : "newest-first")
                .put("place", request.place());
        wish.events().forEach(json.putArray("events")::add);
    }

    static Optional<ControlRequest> read(JsonNode json) {
        return json.path("command").asText("").equals("audit-find") ? find(json) : Optional.empty();
    }

    private static Optional<ControlRequest> find(JsonNode json) {
        int count = json.path("count").asInt(0);
        if (count < 1 || count > AuditControl.PAGE_MAX) {
            return Optional.empty();
        }
        return Optional.of(
                new ControlRequest.FindAudit(
                        new AuditWish(
                                json.path("since").asText(""),
                                json.path("until").asText(""),
                                json.path("account").asText(""),
                                Set.copyOf(ControlProtocol.texts(json.path("events"))),
                                count,
                                json.path("order").asText("").equals("oldest-first")),
                        json.path("place").asText("")));
    }

    static void write(ObjectNode json, AuditPage page) {
        ArrayNode array = json.put("answer", "audit").put("next", page.next()).putArray("lines");
        for (AuditEntry line : page.lines()) {
            array.addObject()
                    .put("id", line.id())
                    .put("at", line.at())
                    .put("event", line.event())
                    .put("address", line.address())
                    .put("detail", line.detail())
                    .put("sentence", line.sentence());
        }
    }

    static AuditPage page(JsonNode json) {
        return new AuditPage(
                json.path("lines").valueStream().map(AuditProtocol::line).toList(),
                json.path("next").asText(""));
    }

    private static AuditEntry line(JsonNode line) {
        return new AuditEntry(
                line.path("id").asText(""),
                line.path("at").asText(""),
                line.path("event").asText(""),
                line.path("address").asText(""),
                line.path("detail").asText(""),
                line.path("sentence").asText(""));
    }
}
