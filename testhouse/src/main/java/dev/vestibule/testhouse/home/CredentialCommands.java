package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.Commands.Who;

import java.util.Map;
import java.util.Optional;

/// `config/auth_provider/homeassistant/...`: user names and passwords.
final class CredentialCommands {

    private static final String ROOT = "config/auth_provider/homeassistant/";

    private CredentialCommands() {}

    static void addTo(Commands commands, HomeVersion version) {
        commands.add(
                ROOT + "create",
                Who.ADMIN,
                CredentialCommands::create,
                Schema.required("user_id"),
                Schema.required("username"),
                Schema.required("password"));
        commands.add(
                ROOT + "delete",
                Who.ADMIN,
                CredentialCommands::delete,
                Schema.required("username"));
        commands.add(
                ROOT + "change_password",
                Who.ANYBODY,
                CredentialCommands::changePassword,
                Schema.required("current_password"),
                Schema.required("new_password"));
        commands.add(
                ROOT + "admin_change_password",
                Who.OWNER,
                CredentialCommands::adminChangePassword,
                Schema.required("user_id"),
                Schema.required("password"));
        if (version.hasStrictUsernames()) {
            commands.add(
                    ROOT + "admin_change_username",
                    Who.OWNER,
                    CredentialCommands::adminChangeUsername,
                    Schema.required("user_id"),
                    Schema.required("username"));
        }
    }

    private static void create(Call call) {
        UserStore users = call.house().users();
        Optional<User> user = users.byId(call.text("user_id"));
        String username = call.text("username");
        if (user.isEmpty()) {
            call.fail("not_found", "User not found");
        } else if (user.get().isSystemGenerated()) {
            call.fail("system_generated", "Cannot add credentials to a system generated user.");
        } else if (isUsernameFree(call, username)) {
            users.link(user.get(), users.addCredential(username, call.text("password")));
            call.succeed();
        }
    }

    /// Says so itself where it is not.
    private static boolean isUsernameFree(Call call, String username) {
        boolean isStrict = call.house().version().hasStrictUsernames();
        if (isStrict && !UserStore.normalize(username).equals(username)) {
            failTranslated(call, "Username \"%s\" is not normalized", "username_not_normalized");
            return false;
        }
        if (call.house().users().credential(username).isEmpty()) {
            return true;
        }
        if (isStrict) {
            failTranslated(call, "Username \"%s\" already exists", "username_already_exists");
        } else {
            call.fail("username_exists", "Username already exists");
        }
        return false;
    }

    private static void failTranslated(Call call, String text, String key) {
        call.fail(
                "home_assistant_error",
                text.formatted(call.text("username")),
                Map.entry("auth", key));
    }

    private static void delete(Call call) {
        UserStore users = call.house().users();
        Optional<Credential> credential = users.credential(call.text("username"));
        if (credential.isPresent()) {
            users.remove(credential.get());
            call.succeed();
        } else if (call.house().version().hasStrictUsernames()) {
            failTranslated(call, "User \"%s\" not found", "user_not_found");
        } else {
            call.fail("auth_not_found", "Given username was not found.");
        }
    }

    private static void changePassword(Call call) {
        Optional<Credential> first = call.user().firstCredential();
        if (first.isEmpty()) {
            call.fail("credentials_not_found", "Credentials not found");
        } else if (first.get().opensWith(call.text("current_password"))) {
            first.get().changePassword(call.text("new_password"));
            call.succeed();
        } else {
            call.fail("invalid_current_password", "Invalid current password");
        }
    }

    private static void adminChangePassword(Call call) {
        firstCredential(call)
                .ifPresent(
                        credential -> {
                            credential.changePassword(call.text("password"));
                            call.succeed();
                        });
    }

    private static void adminChangeUsername(Call call) {
        firstCredential(call)
                .ifPresent(
                        credential -> {
                            if (isUsernameFree(call, call.text("username"))) {
                                call.house().users().rename(credential, call.text("username"));
                                call.succeed();
                            }
                        });
    }

    /// Says so itself where there is none.
    private static Optional<Credential> firstCredential(Call call) {
        Optional<User> user = call.house().users().byId(call.text("user_id"));
        if (user.isEmpty()) {
            call.fail("user_not_found", "User not found");
            return Optional.empty();
        }
        Optional<Credential> first = user.get().firstCredential();
        if (first.isEmpty()) {
            call.fail("credentials_not_found", "Credentials not found");
        }
        return first;
    }
}
