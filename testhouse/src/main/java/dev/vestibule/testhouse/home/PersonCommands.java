package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Commands.Who;
import dev.vestibule.testhouse.home.Schema.Kind;

import java.util.Optional;

/// `person/...`: people, who may belong to users.
final class PersonCommands {

    private PersonCommands() {}

    static void addTo(Commands commands) {
        commands.add("person/list", Who.ANYBODY, PersonCommands::list);
        commands.add(
                "person/create",
                Who.ADMIN,
                PersonCommands::create,
                Schema.required("name"),
                Schema.optional("user_id", Kind.ANY),
                Schema.optional("device_trackers", Kind.LIST),
                Schema.optional("picture", Kind.ANY));
        commands.add(
                "person/update",
                Who.ADMIN,
                PersonCommands::update,
                Schema.required("person_id"),
                Schema.optional("name"),
                Schema.optional("user_id", Kind.ANY),
                Schema.optional("device_trackers", Kind.LIST),
                Schema.optional("picture", Kind.ANY));
        commands.add(
                "person/delete", Who.ADMIN, PersonCommands::delete, Schema.required("person_id"));
    }

    private static void list(Call call) {
        ObjectNode result = Json.object();
        result.set("storage", call.house().people().json());
        result.putArray("config");
        call.succeed(result);
    }

    private static void create(Call call) {
        Optional<String> userId = call.optionalText("user_id");
        if (isUserFree(call, userId, "")) {
            var person = call.house().people().add(call.text("name"), userId.orElse(null));
            call.succeed(person.json());
        }
    }

    private static void update(Call call) {
        People people = call.house().people();
        Optional<People.Person> old = people.find(call.text("person_id"));
        if (old.isEmpty()) {
            notFound(call);
            return;
        }
        Optional<String> userId =
                call.message().has("user_id")
                        ? call.optionalText("user_id")
                        : Optional.ofNullable(old.get().userId());
        if (isUserFree(call, userId, old.get().id())) {
            var next =
                    new People.Person(
                            old.get().id(),
                            call.optionalText("name").orElse(old.get().name()),
                            userId.orElse(null));
            people.put(next);
            call.succeed(next.json());
        }
    }

    /// Says so itself where there is no such user, or another person has it.
    private static boolean isUserFree(Call call, Optional<String> userId, String personId) {
        if (userId.isEmpty()) {
            return true;
        }
        if (call.house().users().byId(userId.get()).isEmpty()) {
            call.fail("unable_to_create", "User does not exist");
            return false;
        }
        boolean isTaken =
                call.house()
                        .people()
                        .ofUser(userId.get())
                        .filter(person -> !person.id().equals(personId))
                        .isPresent();
        if (isTaken) {
            call.fail("invalid_format", "User already taken");
        }
        return !isTaken;
    }

    private static void delete(Call call) {
        if (call.house().people().find(call.text("person_id")).isEmpty()) {
            notFound(call);
            return;
        }
        call.house().people().remove(call.text("person_id"));
        call.succeed();
    }

    private static void notFound(Call call) {
        call.fail("not_found", "Unable to find person_id " + call.text("person_id"));
    }
}
