package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Set;

/// The claims about a person that a scope releases, OpenID Connect Core 5.4. Groups come with
/// `profile`, as in authentik, and with `groups`, as in Authelia.
final class PersonClaims {

    private PersonClaims() {}

    static ObjectNode of(Person person, Set<String> scope) {
        ObjectNode claims = Json.object();
        if (scope.contains("profile")) {
            claims.put("name", person.name());
            claims.put("preferred_username", person.preferredUsername());
        }
        if (scope.contains("email") && !person.email().isEmpty()) {
            claims.put("email", person.email());
            claims.put("email_verified", true);
        }
        if (scope.contains("profile") || scope.contains("groups")) {
            claims.set("groups", Json.array(person.groups()));
        }
        person.extraClaims().forEach((name, value) -> claims.set(name, Json.of(value)));
        return claims;
    }
}
