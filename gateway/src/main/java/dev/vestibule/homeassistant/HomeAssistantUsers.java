package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.secret.Secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The users of a Home Assistant, their credentials and their persons, through the administrator's
/// connection. Safe to share between threads. Every method waits, and throws
/// [HomeAssistantUnavailable] for an outage.
public final class HomeAssistantUsers {

    private final AdministratorConnection connection;

    HomeAssistantUsers(AdministratorConnection connection) {
        this.connection = connection;
    }

    public List<HomeAssistantUser> list() {
        return connection
                .get("config/auth/list", Map.of())
                .valueStream()
                .map(HomeAssistantUsers::user)
                .toList();
    }

    public Optional<HomeAssistantUser> find(String userId) {
        return list().stream().filter(user -> user.id().equals(userId)).findFirst();
    }

    /// Makes a user without any credential. Names need not differ.
    public HomeAssistantUser create(String name, HomeAssistantGroup group, boolean localOnly) {
        JsonNode result =
                connection.get(
                        "config/auth/create",
                        Map.of(
                                "name", name,
                                "group_ids", List.of(group.id()),
                                "local_only", localOnly));
        return user(result.path("user"));
    }

    public UserUpdate rename(String userId, String name) {
        return update(Map.of("user_id", userId, "name", name));
    }

    /// Makes the group the only one of the user.
    public UserUpdate moveTo(String userId, HomeAssistantGroup group) {
        return update(Map.of("user_id", userId, "group_ids", List.of(group.id())));
    }

    /// Gives a user exactly these groups, perhaps none.
    public UserUpdate setGroups(String userId, Set<String> groupIds) {
        return update(Map.of("user_id", userId, "group_ids", List.copyOf(groupIds)));
    }

    /// Deactivating shuts a user out of new sign-ins and requests. Open sockets, and before 2026.1
    /// refresh tokens too, live on; see [HomeAssistantCapabilities].
    public UserUpdate setActive(String userId, boolean isActive) {
        return update(Map.of("user_id", userId, "is_active", isActive));
    }

    private UserUpdate update(Map<String, ?> change) {
        return switch (connection.call("config/auth/update", change)) {
            case Success(var result) -> new UserUpdate.Updated(user(result.path("user")));
            case Failure failure when failure.says("not_found") -> new UserUpdate.UserNotFound();
            case Failure failure -> new UserUpdate.Refused(failure.code());
        };
    }

    /// Deletes a user with credentials and tokens. Open sockets live on.
    public UserDeletion delete(String userId) {
        return switch (connection.call("config/auth/delete", Map.of("user_id", userId))) {
            case Success _ -> new UserDeletion.Deleted();
            case Failure failure when failure.says("not_found") -> new UserDeletion.UserNotFound();
            case Failure failure -> new UserDeletion.Refused(failure.code());
        };
    }

    /// Gives a user a further user name with password; those that the user has stay.
    public CredentialAddition addCredential(String userId, String username, Secret password) {
        CommandResult answer =
                connection.call(
                        "config/auth_provider/homeassistant/create",
                        Map.of(
                                "user_id", userId,
                                "username", username,
                                "password", password.reveal()));
        return switch (answer) {
            case Success _ -> new CredentialAddition.Added();
            // The first word is of 2024.1, the second of later releases.
            case Failure failure
                    when failure.says("username_exists")
                            || failure.says("username_already_exists") ->
                    new CredentialAddition.UsernameTaken();
            case Failure failure when failure.says("not_found") ->
                    new CredentialAddition.UserNotFound();
            case Failure failure -> new CredentialAddition.Refused(reason(failure));
        };
    }

    /// Removes a credential. Tokens that were made with it live on.
    public CredentialRemoval removeCredential(String username) {
        CommandResult answer =
                connection.call(
                        "config/auth_provider/homeassistant/delete", Map.of("username", username));
        return switch (answer) {
            case Success _ -> new CredentialRemoval.Removed();
            // The first word is of 2024.1, the second of later releases.
            case Failure failure
                    when failure.says("auth_not_found") || failure.says("user_not_found") ->
                    new CredentialRemoval.NotFound();
            case Failure failure -> new CredentialRemoval.Refused(reason(failure));
        };
    }

    private static String reason(Failure failure) {
        return failure.translationKey().isEmpty() ? failure.code() : failure.translationKey();
    }

    /// The persons that belong to a user, those made in the pages and those of the YAML alike.
    /// Empty where persons are not loaded.
    public List<HomeAssistantPerson> persons() {
        JsonNode result = connection.getIfLoaded("person/list");
        return Stream.of("storage", "config")
                .flatMap(kind -> result.path(kind).valueStream())
                .filter(person -> !Json.text(person, "user_id").isEmpty())
                .map(HomeAssistantUsers::person)
                .toList();
    }

    /// Makes a person who belongs to the user; a user has one at most.
    public PersonCreation createPerson(String name, String userId) {
        return switch (connection.call("person/create", Map.of("name", name, "user_id", userId))) {
            case Success(var result) -> new PersonCreation.Created(Json.text(result, "id"));
            case Failure failure -> new PersonCreation.Refused(reason(failure));
        };
    }

    private static HomeAssistantPerson person(JsonNode json) {
        return new HomeAssistantPerson(
                Json.text(json, "id"), Json.text(json, "name"), Json.text(json, "user_id"));
    }

    private static HomeAssistantUser user(JsonNode json) {
        String id = Json.text(json, "id");
        if (id.isEmpty()) {
            throw new HomeAssistantUnavailable("Home Assistant describes a user without an id");
        }
        return new HomeAssistantUser(
                id,
                Json.text(json, "username"),
                Json.text(json, "name"),
                Json.flag(json, "is_owner"),
                Json.flag(json, "is_active"),
                Json.flag(json, "local_only"),
                Json.flag(json, "system_generated"),
                Json.texts(json.path("group_ids")),
                json.path("credentials")
                        .valueStream()
                        .map(credential -> Json.text(credential, "type"))
                        .toList());
    }
}
