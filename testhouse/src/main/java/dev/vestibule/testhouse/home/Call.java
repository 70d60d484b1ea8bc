package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One command that came over a socket, and the ways to answer it. A command that is never answered
/// is one of the original's habits.
record Call(SocketConnection socket, int id, String type, JsonNode message) {

    House house() {
        return socket.server().house();
    }

    RefreshToken token() {
        return socket.token();
    }

    User user() {
        return socket.token().user();
    }

    String text(String name) {
        return message.path(name).asText();
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(message.get(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    Optional<Boolean> optionalFlag(String name) {
        return Optional.ofNullable(message.get(name)).map(JsonNode::asBoolean);
    }

    Optional<List<String>> optionalTexts(String name) {
        return Optional.ofNullable(message.get(name))
                .map(list -> list.valueStream().map(JsonNode::asText).toList());
    }

    void succeed() {
        succeed(Json.nothing());
    }

    void succeed(JsonNode result) {
        ObjectNode answer = Json.object().put("id", id).put("type", "result").put("success", true);
        answer.set("result", result);
        answer(answer);
    }

    void fail(String code, String message) {
        answer(failure(code, message));
    }

    /// As newer releases fail: with a key that the front end translates.
    ///
    /// @param translation its domain and its key
    void fail(String code, String message, Map.Entry<String, String> translation) {
        ObjectNode answer = failure(code, message);
        answer.withObject("error")
                .put("translation_key", translation.getValue())
                .put("translation_domain", translation.getKey())
                .putObject("translation_placeholders");
        answer(answer);
    }

    private ObjectNode failure(String code, String message) {
        ObjectNode answer = Json.object().put("id", id).put("type", "result").put("success", false);
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }

    void pong() {
        answer(Json.object().put("id", id).put("type", "pong"));
    }

    void event(JsonNode event) {
        ObjectNode message = Json.object().put("id", id).put("type", "event");
        message.set("event", event);
        socket.send(message);
    }

    private void answer(ObjectNode answer) {
        if (socket.server().faults().cutsAfterCommand(type)) {
            socket.cut();
        } else {
            socket.send(answer);
        }
    }
}
