package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.scim.ScimClient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Somebody of the house whom an identity system sends from now on, as one of the administrators
/// and of the family. An administrator had to say so: their user in Home Assistant is older than
/// the gateway.
final class SentPerson {

    private static final String CLIENT = "directory";

    private final ScimClient client;
    private final String user;
    private final Map<String, String> groups = new HashMap<>();

    SentPerson(ScimHouse scim, String name) {
        this.client = scim.client(CLIENT);
        assertThat(scim.house().gateway().commands().scimClients().give(CLIENT, name))
                .isInstanceOf(ControlOutcome.Done.class);
        this.user = client.createUser(name);
        for (String group : List.of("admins", "family")) {
            groups.put(group, client.createGroup(group, user));
        }
    }

    void switchOff() {
        client.patchOperations("/Users/" + user, "{'op':'replace','path':'active','value':false}")
                .expect(200);
    }

    void delete() {
        client.delete("/Users/" + user).expect(204);
    }

    void removeFrom(String group) {
        client.patchOperations(
                        "/Groups/" + groups.get(group),
                        "{'op':'remove','path':'members[value eq \\'%s\\']'}".formatted(user))
                .expect(204);
    }
}
