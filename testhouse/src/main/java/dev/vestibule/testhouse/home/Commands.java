package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Every command of the websocket. Filled at the start, read-only afterwards.
final class Commands {

    enum Who {
        ANYBODY,
        /// Refuses a user who was deactivated while the socket was open.
        ACTIVE_USER,
        ADMIN,
        OWNER
    }

    @FunctionalInterface
    interface Command {
        void run(Call call);
    }

    private record Entry(Who who, Schema schema, Command command) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /// @param fields besides `id` and `type`
    void add(String type, Who who, Command command, Schema.Field... fields) {
        var all = new Schema.Field[fields.length + 2];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = Schema.required("id", Schema.Kind.NUMBER);
        all[fields.length + 1] = Schema.required("type");
        entries.put(type, new Entry(who, Schema.of(all), command));
    }

    void handle(SocketConnection socket, JsonNode message) {
        JsonNode id = message.path("id");
        JsonNode type = message.path("type");
        if (!id.isInt() || id.intValue() == 0 || type.asText().isEmpty() || !type.isTextual()) {
            socket.send(malformed(id));
            return;
        }
        var call = new Call(socket, id.intValue(), type.asText(), message);
        if (socket.isIdReused(call.id())) {
            call.fail("id_reuse", "Identifier values have to increase.");
            return;
        }
        Entry entry = entries.get(call.type());
        if (entry == null) {
            call.fail("unknown_command", "Unknown command.");
            return;
        }
        Optional<Ambush> ambush = socket.server().faults().ambushFor(call.type());
        if (ambush.isPresent()) {
            hold(ambush.get(), entry, call);
        } else {
            run(entry, call);
        }
        socket.noteId(call.id());
    }

    private static void hold(Ambush ambush, Entry entry, Call call) {
        Loop loop = call.socket().server().loop();
        switch (ambush.moment()) {
            case BEFORE -> ambush.spring(() -> loop.soon(() -> run(entry, call)));
            case AFTER -> {
                call.socket().holdBack();
                run(entry, call);
                ambush.spring(() -> loop.soon(call.socket()::goOn));
            }
        }
    }

    private static void run(Entry entry, Call call) {
        Faults faults = call.socket().server().faults();
        Optional<String> failure = faults.failureOf(call.type());
        if (faults.hangsCommand(call.type())) {
            return;
        }
        if (failure.isPresent()) {
            call.fail(failure.get(), "Told to fail");
            return;
        }
        Optional<String> complaint = entry.schema().complaint(call.message());
        if (complaint.isPresent()) {
            call.fail("invalid_format", complaint.get());
        } else if (entry.who() == Who.ACTIVE_USER && !call.user().isActive()) {
            call.fail("only_active_user", "Only allowed as active user");
        } else if (!mayRun(entry.who(), call.user())) {
            call.fail("unauthorized", "Unauthorized");
        } else {
            entry.command().run(call);
        }
    }

    private static boolean mayRun(Who who, User user) {
        return switch (who) {
            case ANYBODY, ACTIVE_USER -> true;
            case ADMIN -> user.isAdmin();
            case OWNER -> user.isOwner();
        };
    }

    private static ObjectNode malformed(JsonNode id) {
        ObjectNode answer = Json.object();
        answer.set("id", id.isMissingNode() ? Json.nothing() : id);
        answer.put("type", "result").put("success", false);
        answer.putObject("error")
                .put("code", "invalid_format")
                .put("message", "Message incorrectly formatted.");
        return answer;
    }
}
