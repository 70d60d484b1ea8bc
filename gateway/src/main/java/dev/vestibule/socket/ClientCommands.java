package dev.vestibule.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.socket.CommandScanner.Found;
import dev.vestibule.socket.OwnTokenCommands.Answer;
import dev.vestibule.socket.OwnTokenCommands.Kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The commands that are handled on their way to Home Assistant; all others pass as they are. To
/// handle another one, add a line to [#TABLE]. Stateless and safe to share.
final class ClientCommands {

    /// As long as the gate lets a signed address live.
    private static final int SIGNED_PATH_SECONDS_MAX = 24 * 60 * 60;

    /// Duplicate members are refused: another reader could choose the other one. Reads UTF-8 and
    /// nothing else, as Home Assistant does (attack: a message in UTF-16).
    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(CommandScanner.DEPTH_MAX)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .build())
                    .build();

    /// A tablet's signed addresses are for what it shows now.
    private static final int SHORT_SIGNED_PATH_SECONDS_MAX = 5 * 60;

    /// What would outlive an emergency: tokens, and the phones' webhooks, each of which is as good
    /// as a password.
    private static final Set<String> EMERGENCY_REFUSED =
            Set.of("auth/long_lived_access_token", "auth/refresh_token_set_expiry", "webhook/list");

    /// What a wall tablet may not do, whatever else Home Assistant comes to call so: whoever stands
    /// in front of it must take nothing away that works elsewhere or later, and change nothing
    /// about who may come in.
    private static final List<String> KIOSK_REFUSED_PREFIXES =
            List.of("auth/", "config/", "webhook/");

    /// The front end asks for these before it shows anything; they only tell. Signed addresses are
    /// for what it shows.
    private static final Set<String> KIOSK_ALLOWED =
            Set.of(
                    "auth/current_user",
                    "auth/sign_path",
                    "config/area_registry/list",
                    "config/category_registry/list",
                    "config/device_registry/list",
                    "config/entity_registry/get",
                    "config/entity_registry/get_entries",
                    "config/entity_registry/list",
                    "config/entity_registry/list_for_display",
                    "config/floor_registry/list",
                    "config/label_registry/list");

    private static final Map<String, Command> TABLE =
            Map.of(
                    "auth/sign_path",
                    ClientCommands::signPath,
                    "webhook/list",
                    ClientCommands::listWebhooks,
                    Kind.MAKE.type(),
                    (command, _) -> carryOut(Kind.MAKE, command),
                    Kind.END.type(),
                    (command, _) -> carryOut(Kind.END, command),
                    Kind.END_ALL.type(),
                    (command, _) -> carryOut(Kind.END_ALL, command));

    /// What is to be done with one command.
    private interface Command {
        Outcome apply(ObjectNode command, SocketRights rights);
    }

    private sealed interface Outcome {

        record Forward(ObjectNode command) implements Outcome {}

        record Refuse(String code, String message) implements Outcome {}

        record CarryOut(CarriedOutHere command) implements Outcome {}
    }

    /// A command that goes no further: the gateway does what it says, and answers.
    ///
    /// @param id as the client wrote it
    record CarriedOutHere(JsonNode id, Kind kind, Map<String, JsonNode> members) {

        byte[] answer(Answer answer) {
            return switch (answer) {
                case Answer.Result(var value) -> {
                    ObjectNode message = ClientCommands.answer(id, true);
                    message.set("result", value);
                    yield write(message);
                }
                case Answer.Failure(var code, var text) -> error(id, code, text);
            };
        }
    }

    /// What becomes of a message of the client.
    ///
    /// @param toHomeAssistant what goes on, perhaps changed; empty where nothing is left
    /// @param toClient our own answers
    /// @param here what the gateway does itself
    record Handled(
            Optional<byte[]> toHomeAssistant, List<byte[]> toClient, List<CarriedOutHere> here) {

        static Handled unchanged(byte[] message) {
            return new Handled(Optional.of(message), List.of(), List.of());
        }
    }

    /// @throws FrameViolation where the message is not JSON that can be read in one way
    Handled handle(byte[] message, SocketRights rights) {
        try {
            List<Found> found = CommandScanner.find(message, type -> isHandled(type, rights));
            if (found.isEmpty()) {
                return Handled.unchanged(message);
            }
            boolean isAlone = found.size() == 1 && found.getFirst().isWholeMessage();
            return isAlone
                    ? one(tree(message, found.getFirst()), rights)
                    : several(message, found, rights);
        } catch (IOException unreadable) {
            throw new FrameViolation(FrameViolation.INVALID_PAYLOAD, "a message is not JSON");
        }
    }

    private static boolean isHandled(String type, SocketRights rights) {
        return TABLE.containsKey(type) || isRefused(type, rights);
    }

    private static boolean isRefused(String type, SocketRights rights) {
        return switch (rights) {
            case KIOSK -> isRefusedToKiosks(type);
            case EMERGENCY -> EMERGENCY_REFUSED.contains(type);
            case ADMINISTRATOR, OTHER -> false;
        };
    }

    private static boolean isRefusedToKiosks(String type) {
        return !KIOSK_ALLOWED.contains(type)
                && KIOSK_REFUSED_PREFIXES.stream().anyMatch(type::startsWith);
    }

    private static ObjectNode tree(byte[] message, Found found) throws IOException {
        return (ObjectNode) JSON.readTree(message, found.from(), found.length());
    }

    /// An array of commands: those that are handled change or go, the others stay as they are.
    private static Handled several(byte[] message, List<Found> found, SocketRights rights)
            throws IOException {
        ArrayRewriter kept = new ArrayRewriter(message);
        List<byte[]> answers = new ArrayList<>();
        List<CarriedOutHere> here = new ArrayList<>();
        for (Found place : found) {
            ObjectNode command = tree(message, place);
            switch (outcome(command, rights)) {
                case Outcome.Forward(var changed) ->
                        kept.replace(place, JSON.writeValueAsBytes(changed));
                case Outcome.Refuse refusal -> {
                    kept.remove(place);
                    answers.add(answer(command, refusal));
                }
                case Outcome.CarryOut(var ours) -> {
                    kept.remove(place);
                    here.add(ours);
                }
            }
        }
        return new Handled(kept.finish(), answers, here);
    }

    private static Handled one(ObjectNode command, SocketRights rights) throws IOException {
        return switch (outcome(command, rights)) {
            case Outcome.Forward(var changed) -> Handled.unchanged(JSON.writeValueAsBytes(changed));
            case Outcome.Refuse refusal ->
                    new Handled(Optional.empty(), List.of(answer(command, refusal)), List.of());
            case Outcome.CarryOut(var ours) ->
                    new Handled(Optional.empty(), List.of(), List.of(ours));
        };
    }

    private static Outcome outcome(ObjectNode command, SocketRights rights) {
        String type = command.path("type").asText("");
        if (isRefused(type, rights)) {
            return new Outcome.Refuse("unauthorized", "Unauthorized");
        }
        Command handled = TABLE.get(type);
        return handled == null ? new Outcome.Forward(command) : handled.apply(command, rights);
    }

    /// A signed address opens its path for whoever holds it, so it must not live for years.
    private static Outcome signPath(ObjectNode command, SocketRights rights) {
        int max =
                switch (rights) {
                    case ADMINISTRATOR, OTHER -> SIGNED_PATH_SECONDS_MAX;
                    case EMERGENCY, KIOSK -> SHORT_SIGNED_PATH_SECONDS_MAX;
                };
        JsonNode expires = command.get("expires");
        if (expires != null && !(expires.isInt() && expires.intValue() <= max)) {
            command.set("expires", IntNode.valueOf(max));
        }
        return new Outcome.Forward(command);
    }

    /// Home Assistant lists everybody's webhooks to everybody, and each is as good as a password.
    private static Outcome listWebhooks(ObjectNode command, SocketRights rights) {
        return switch (rights) {
            case ADMINISTRATOR -> new Outcome.Forward(command);
            case OTHER, EMERGENCY, KIOSK -> new Outcome.Refuse("unauthorized", "Unauthorized");
        };
    }

    /// What a person makes and ends has to be known here. Ids of the client's may have gaps, so
    /// Home Assistant does not miss the command.
    private static Outcome carryOut(Kind kind, ObjectNode command) {
        JsonNode id = command.path("id");
        if (!id.isInt() || id.intValue() <= 0) {
            return new Outcome.Refuse("invalid_format", "Message incorrectly formatted.");
        }
        command.remove(List.of("id", "type"));
        Map<String, JsonNode> members = new LinkedHashMap<>();
        command.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return new Outcome.CarryOut(new CarriedOutHere(id, kind, members));
    }

    private static byte[] answer(JsonNode command, Outcome.Refuse refusal) {
        return error(idOf(command), refusal.code(), refusal.message());
    }

    private static byte[] error(JsonNode id, String code, String message) {
        ObjectNode answer = answer(id, false);
        answer.putObject("error").put("code", code).put("message", message);
        return write(answer);
    }

    private static ObjectNode answer(JsonNode id, boolean isSuccess) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("id", id);
        return answer.put("type", "result").put("success", isSuccess);
    }

    /// Only a number is repeated: what else stands there may be as long as the message.
    private static JsonNode idOf(JsonNode command) {
        JsonNode id = command.path("id");
        return id.canConvertToLong() && id.isIntegralNumber() ? id : IntNode.valueOf(0);
    }

    /// The token of the first message, which must be `auth` and nothing else.
    static Optional<String> tokenOf(byte[] message) {
        try {
            JsonNode tree = JSON.readTree(message);
            boolean isAuth =
                    tree.path("type").asText("").equals("auth")
                            && tree.path("access_token").isTextual();
            return isAuth ? Optional.of(tree.path("access_token").asText()) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static byte[] authRequired(String version) {
        return write(
                JSON.createObjectNode().put("type", "auth_required").put("ha_version", version));
    }

    static byte[] authInvalid(String message) {
        return write(JSON.createObjectNode().put("type", "auth_invalid").put("message", message));
    }

    static byte[] auth(String accessToken) {
        return write(JSON.createObjectNode().put("type", "auth").put("access_token", accessToken));
    }

    static String typeOfTree(byte[] message) {
        try {
            return JSON.readTree(message).path("type").asText("");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static byte[] write(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }
}
