package dev.vestibule.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

import dev.vestibule.outbox.OutboxTask.AlignGroup;
import dev.vestibule.outbox.OutboxTask.DropCredential;
import dev.vestibule.outbox.OutboxTask.EndToken;
import dev.vestibule.outbox.OutboxTask.LetIn;
import dev.vestibule.outbox.OutboxTask.Provision;
import dev.vestibule.outbox.OutboxTask.Remove;
import dev.vestibule.outbox.OutboxTask.RevokeToken;
import dev.vestibule.outbox.OutboxTask.ShutOut;
import dev.vestibule.secret.Secret;

import java.util.List;
import java.util.Optional;

/// How a task is written into its row: a word for its kind, and a text that is sealed.
final class TaskFormat {

    static final String REVOKE_TOKEN = "revoke-token";
    static final String END_TOKEN = "end-token";
    static final String DROP_CREDENTIAL = "drop-credential";
    static final String SHUT_OUT = "shut-out";
    static final String REMOVE = "remove";
    static final String LET_IN = "let-in";
    static final String ALIGN_GROUP = "align-group";
    static final String PROVISION = "provision";

    private static final ObjectMapper JSON = new ObjectMapper();

    private TaskFormat() {}

    static String kind(OutboxTask task) {
        return switch (task) {
            case RevokeToken _ -> REVOKE_TOKEN;
            case EndToken _ -> END_TOKEN;
            case DropCredential _ -> DROP_CREDENTIAL;
            case ShutOut _ -> SHUT_OUT;
            case Remove _ -> REMOVE;
            case LetIn _ -> LET_IN;
            case AlignGroup _ -> ALIGN_GROUP;
            case Provision _ -> PROVISION;
        };
    }

    static Secret payload(OutboxTask task) {
        return switch (task) {
            case RevokeToken(var refreshToken) -> refreshToken;
            case EndToken(var tokenId) -> new Secret(tokenId);
            case DropCredential(var username) -> new Secret(username);
            case ShutOut(var held) -> write(held);
            case Remove(var held) -> write(held);
            case LetIn _, AlignGroup _, Provision _ -> new Secret("");
        };
    }

    /// @return empty for what this release does not know: a later one wrote it
    static Optional<OutboxTask> read(String kind, Secret payload) {
        return switch (kind) {
            case REVOKE_TOKEN -> Optional.of(new RevokeToken(payload));
            case END_TOKEN -> Optional.of(new EndToken(payload.reveal()));
            case DROP_CREDENTIAL -> Optional.of(new DropCredential(payload.reveal()));
            case SHUT_OUT -> readHeld(payload).map(ShutOut::new);
            case REMOVE -> readHeld(payload).map(Remove::new);
            case LET_IN -> Optional.of(new LetIn());
            case ALIGN_GROUP -> Optional.of(new AlignGroup());
            case PROVISION -> Optional.of(new Provision());
            default -> Optional.empty();
        };
    }

    private static Secret write(List<HeldToken> held) {
        ArrayNode list = JSON.createArrayNode();
        held.forEach(
                token ->
                        list.addObject()
                                .put("refresh_token", token.refreshToken().reveal())
                                .put("client_id", token.clientId()));
        return new Secret(list.toString());
    }

    private static Optional<List<HeldToken>> readHeld(Secret payload) {
        try {
            JsonNode list = JSON.readTree(payload.reveal());
            return Optional.of(list.valueStream().map(TaskFormat::readHeld).toList());
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static HeldToken readHeld(JsonNode token) {
        return new HeldToken(
                new Secret(token.path("refresh_token").asText()), token.path("client_id").asText());
    }
}
