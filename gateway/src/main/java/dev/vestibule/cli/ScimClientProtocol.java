package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfScimClient;
import dev.vestibule.cli.ScimClientControl.ScimTokenLine;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How what is said about SCIM clients is written; see [ControlProtocol].
final class ScimClientProtocol {

    private ScimClientProtocol() {}

    static void write(ObjectNode json, OfScimClient request) {
        switch (request) {
            case OfScimClient.ListAll() -> json.put("command", "scim-client-list");
            case OfScimClient.Add(var name, var provider, var networks) -> {
                json.put("command", "scim-client-add").put("name", name).put("provider", provider);
                networks.forEach(json.putArray("networks")::add);
            }
            case OfScimClient.Rotate(var name) ->
                    json.put("command", "scim-client-rotate").put("name", name);
            case OfScimClient.Finish(var name) ->
                    json.put("command", "scim-client-finish").put("name", name);
            case OfScimClient.Remove(var name) ->
                    json.put("command", "scim-client-remove").put("name", name);
            case OfScimClient.Give(var name, var account) ->
                    json.put("command", "scim-client-give")
                            .put("name", name)
                            .put("account", account);
        }
    }

    static Optional<ControlRequest> read(JsonNode json) {
        return switch (json.path("command").asText("")) {
            case "scim-client-list" -> Optional.of(new OfScimClient.ListAll());
            case "scim-client-add" -> add(json);
            case "scim-client-rotate" -> named(json, OfScimClient.Rotate::new);
            case "scim-client-finish" -> named(json, OfScimClient.Finish::new);
            case "scim-client-remove" -> named(json, OfScimClient.Remove::new);
            case "scim-client-give" ->
                    ControlProtocol.text(json, "account")
                            .flatMap(
                                    account ->
                                            named(
                                                    json,
                                                    name -> new OfScimClient.Give(name, account)));
            default -> Optional.empty();
        };
    }

    private static Optional<ControlRequest> named(
            JsonNode json, Function<String, ControlRequest> request) {
        return ControlProtocol.text(json, "name").map(request);
    }

    private static Optional<ControlRequest> add(JsonNode json) {
        Optional<String> name = ControlProtocol.text(json, "name");
        Optional<String> provider = ControlProtocol.text(json, "provider");
        JsonNode networks = json.path("networks");
        boolean isReadable =
                networks.isArray() && networks.valueStream().allMatch(JsonNode::isTextual);
        return name.isPresent() && provider.isPresent() && isReadable
                ? Optional.of(
                        new OfScimClient.Add(
                                name.get(), provider.get(), ControlProtocol.texts(networks)))
                : Optional.empty();
    }

    static void write(ObjectNode json, List<ScimTokenLine> lines) {
        ArrayNode array = json.put("answer", "scim-clients").putArray("lines");
        for (ScimTokenLine line : lines) {
            array.addObject()
                    .put("name", line.name())
                    .put("provider", line.provider())
                    .put("networks", line.networks())
                    .put("created", line.created())
                    .put("token", line.token())
                    .put("last-used", line.lastUsed())
                    .put("last-used-from", line.lastUsedFrom());
        }
    }

    static ScimTokenLine line(JsonNode line) {
        return new ScimTokenLine(
                line.path("name").asText(""),
                line.path("provider").asText(""),
                line.path("networks").asText(""),
                line.path("created").asText(""),
                line.path("token").asText(""),
                line.path("last-used").asText(""),
                line.path("last-used-from").asText(""));
    }
}
