package dev.vestibule.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The users and groups that an identity system has, and what it says about them. One thread uses
/// it.
final class DirectoryPeople {

    private final ScimLoad load;
    private final List<String> users = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    DirectoryPeople(ScimLoad load) {
        this.load = load;
    }

    /// The ids of the users, in the order in which they were made.
    List<String> users() {
        return users;
    }

    List<String> groups() {
        return groups;
    }

    static String userName(int number) {
        return "person-%05d@home.example".formatted(number);
    }

    /// As Okta and Entra send somebody.
    private static String user(int number) {
        return """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
         "userName": "%1$s", "externalId": "00u%2$07d", "active": true,
         "displayName": "Person %2$d", "title": "Resident", "locale": "en-US",
         "name": {"givenName": "Person", "familyName": "Number %2$d",
                  "formatted": "Person Number %2$d"},
         "emails": [{"value": "%1$s", "type": "work", "primary": true}],
         "phoneNumbers": [{"value": "+49 30 %2$07d", "type": "mobile"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
            {"employeeNumber": "%2$d", "department": "House %3$d"}}
        """
                .formatted(userName(number), number, number % 50);
    }

    static String group(String name, List<String> members) {
        return "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:Group\"], \"displayName\":"
                + " \""
                + name
                + "\", \"members\": "
                + members(members)
                + "}";
    }

    static String members(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"value\": \"" + id + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// Makes users until there are so many.
    Sent growUsers(int count) {
        List<ScimCall> calls = new ArrayList<>();
        for (int number = users.size(); number < count; number++) {
            calls.add(ScimCall.post("/Users", user(number)));
        }
        ScimLoad.Done done = load.send(calls);
        users.addAll(done.ids());
        return done.sent();
    }

    /// Makes groups until there are so many, of so many users each; none of them has a role.
    Sent growGroups(int count, int membersOfEach) {
        List<ScimCall> calls = new ArrayList<>();
        for (int number = groups.size(); number < count; number++) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < membersOfEach; i++) {
                members.add(users.get((number * membersOfEach + i) % users.size()));
            }
            calls.add(ScimCall.post("/Groups", group("team-" + number, members)));
        }
        ScimLoad.Done done = load.send(calls);
        groups.addAll(done.ids());
        return done.sent();
    }
}
