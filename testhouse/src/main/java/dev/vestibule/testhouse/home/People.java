package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The people of the house, each of whom may belong to a user. Lives on the event loop; survives a
/// restart.
final class People {

    /// @param userId null where the person signs in nowhere
    record Person(String id, String name, @Nullable String userId) {

        ObjectNode json() {
            ObjectNode json = Json.object().put("id", id).put("name", name).put("user_id", userId);
            json.putArray("device_trackers");
            json.putNull("picture");
            return json;
        }
    }

    private final Map<String, Person> people = new LinkedHashMap<>();

    Person add(String name, @Nullable String userId) {
        String slug = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String id = slug;
        for (int i = 2; people.containsKey(id); i++) {
            id = slug + "_" + i;
        }
        var person = new Person(id, name, userId);
        people.put(id, person);
        return person;
    }

    Optional<Person> find(String id) {
        return Optional.ofNullable(people.get(id));
    }

    Optional<Person> ofUser(String userId) {
        return people.values().stream()
                .filter(person -> userId.equals(person.userId()))
                .findFirst();
    }

    void put(Person person) {
        people.put(person.id(), person);
    }

    void remove(String id) {
        people.remove(id);
    }

    /// A deleted user leaves the person behind.
    void forgetUser(String userId) {
        people.replaceAll(
                (_, person) ->
                        Objects.equals(person.userId(), userId)
                                ? new Person(person.id(), person.name(), null)
                                : person);
    }

    ArrayNode json() {
        ArrayNode json = Json.array();
        List.copyOf(people.values()).forEach(person -> json.add(person.json()));
        return json;
    }
}
