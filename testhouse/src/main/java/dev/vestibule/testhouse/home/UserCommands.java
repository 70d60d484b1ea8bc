package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Commands.Who;
import dev.vestibule.testhouse.home.Schema.Kind;

import java.util.List;
import java.util.Optional;

/// `config/auth/...`: an administrator makes, changes and deletes users.
final class UserCommands {

    private UserCommands() {}

    static void addTo(Commands commands) {
        commands.add("config/auth/list", Who.ADMIN, UserCommands::list);
        commands.add(
                "config/auth/create",
                Who.ADMIN,
                UserCommands::create,
                Schema.required("name"),
                Schema.optional("group_ids", Kind.LIST),
                Schema.optional("local_only", Kind.FLAG));
        commands.add(
                "config/auth/update",
                Who.ADMIN,
                UserCommands::update,
                Schema.required("user_id"),
                Schema.optional("name"),
                Schema.optional("is_active", Kind.FLAG),
                Schema.optional("group_ids", Kind.LIST),
                Schema.optional("local_only", Kind.FLAG));
        commands.add(
                "config/auth/delete", Who.ADMIN, UserCommands::delete, Schema.required("user_id"));
    }

    static ObjectNode json(User user) {
        ObjectNode json = Json.object().put("id", user.id());
        json.put("username", user.firstCredential().map(Credential::username).orElse(null));
        json.put("name", user.name())
                .put("is_owner", user.isOwner())
                .put("is_active", user.isActive())
                .put("local_only", user.isLocalOnly())
                .put("system_generated", user.isSystemGenerated());
        json.set("group_ids", Json.array(user.groupIds()));
        ArrayNode credentials = json.putArray("credentials");
        user.credentials().forEach(_ -> credentials.addObject().put("type", "homeassistant"));
        return json;
    }

    private static void list(Call call) {
        ArrayNode result = Json.array();
        call.house().users().all().forEach(user -> result.add(json(user)));
        call.succeed(result);
    }

    private static void succeed(Call call, User user) {
        ObjectNode result = Json.object();
        result.set("user", json(user));
        call.succeed(result);
    }

    private static void create(Call call) {
        List<String> groups = call.optionalTexts("group_ids").orElse(List.of());
        if (!User.GROUPS.containsAll(groups)) {
            call.fail("unknown_error", "Unknown error");
            return;
        }
        User user = call.house().users().create(call.text("name"), groups);
        user.setLocalOnly(call.optionalFlag("local_only").orElse(false));
        succeed(call, user);
    }

    private static void update(Call call) {
        Optional<User> found = call.house().users().byId(call.text("user_id"));
        if (found.isEmpty()) {
            call.fail("not_found", "User not found");
        } else if (found.get().isSystemGenerated()) {
            call.fail("cannot_modify_system_generated", "Unable to update system generated users.");
        } else if (found.get().isOwner() && !call.optionalFlag("is_active").orElse(true)) {
            call.fail("cannot_deactivate_owner", "Unable to deactivate owner.");
        } else {
            update(call, found.get());
        }
    }

    private static void update(Call call, User user) {
        List<String> groups = call.optionalTexts("group_ids").orElse(user.groupIds());
        if (!User.GROUPS.containsAll(groups)) {
            // The original stumbles here and never answers.
            return;
        }
        call.optionalText("name").ifPresent(user::rename);
        user.setGroupIds(groups);
        call.optionalFlag("local_only").ifPresent(user::setLocalOnly);
        call.optionalFlag("is_active")
                .ifPresent(
                        isActive -> {
                            if (isActive) {
                                user.setActive(true);
                            } else {
                                call.house().deactivate(user);
                            }
                        });
        call.house().users().updated(user);
        succeed(call, user);
    }

    private static void delete(Call call) {
        if (call.text("user_id").equals(call.user().id())) {
            call.fail("no_delete_self", "Unable to delete your own account");
            return;
        }
        Optional<User> user = call.house().users().byId(call.text("user_id"));
        if (user.isEmpty()) {
            call.fail("not_found", "User not found");
            return;
        }
        call.house().delete(user.get());
        call.succeed();
    }
}
