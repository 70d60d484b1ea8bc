package dev.vestibule.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlRequest.OfExplain;
import dev.vestibule.cli.ExplainControl.RequestQuestion;
import dev.vestibule.explain.Explanation;
import dev.vestibule.secret.Secret;

import java.util.Optional;

/// How what is said about the gateway's judgement is written; see [ControlProtocol]. The socket is
/// the only place that a credential passes: it is no argument, and no log has it.
final class ExplainProtocol {

    private static final String AROUND = "around";

    private ExplainProtocol() {}

    static void write(ObjectNode json, OfExplain request) {
        switch (request) {
            case OfExplain.Request(var question) ->
                    json.put("command", "explain-request")
                            .put("url", question.url())
                            .put("method", question.method())
                            .put("from", question.from())
                            .put("account", question.account())
                            .put("token", question.accessToken().reveal())
                            .put("page", question.page())
                            .put("way", question.isAroundTheProxy() ? AROUND : "");
            case OfExplain.Named(var what) ->
                    json.put("command", "explain-named").put("what", what);
            case OfExplain.Credential(var credential) ->
                    json.put("command", "explain-credential").put("token", credential.reveal());
        }
    }

    static Optional<ControlRequest> read(JsonNode json) {
        return switch (json.path("command").asText("")) {
            case "explain-request" ->
                    ControlProtocol.text(json, "url")
                            .map(url -> new OfExplain.Request(question(json, url)));
            case "explain-credential" ->
                    ControlProtocol.text(json, "token")
                            .map(Secret::new)
                            .map(OfExplain.Credential::new);
            case "explain-named" -> ControlProtocol.text(json, "what").map(OfExplain.Named::new);
            default -> Optional.empty();
        };
    }

    private static RequestQuestion question(JsonNode json, String url) {
        return new RequestQuestion(
                url,
                json.path("method").asText(""),
                json.path("from").asText(""),
                json.path("account").asText(""),
                new Secret(json.path("token").asText("")),
                json.path("page").asText(""),
                json.path("way").asText("").equals(AROUND));
    }

    static void write(ObjectNode json, Explanation explanation) {
        ArrayNode lines = json.put("answer", "explanation").putArray("lines");
        explanation
                .lines()
                .forEach(
                        line ->
                                lines.addObject()
                                        .put("label", line.label())
                                        .put("text", line.text()));
        ArrayNode advice = json.putArray("advice");
        explanation.advice().forEach(advice::add);
    }

    static Explanation explanation(JsonNode json) {
        return new Explanation(
                json.path("lines")
                        .valueStream()
                        .map(
                                line ->
                                        new Explanation.Line(
                                                line.path("label").asText(""),
                                                line.path("text").asText("")))
                        .toList(),
                ControlProtocol.texts(json.path("advice")));
    }
}
