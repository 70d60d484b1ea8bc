package dev.vestibule.cli;

import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.setup.RoleAnswers;

import java.util.Optional;
import java.util.Set;

/// Asks which groups give which role, and says what that makes of whoever signed in. Used by one
/// thread.
final class RolesInterview {

    private final Interview interview;

    RolesInterview(Interview interview) {
        this.interview = interview;
    }

    RolesConfig ask(Tried tried) {
        interview.say("");
        interview.say("Who may do what follows from the groups that the provider sends.");
        return switch (tried) {
            case Tried.Seen(_, _, var person) -> ask(person);
            case Tried.NotSeen _ -> ask();
        };
    }

    private RolesConfig ask(VerifiedIdentity person) {
        if (!person.groups().isEmpty()) {
            interview.say(
                    "  Groups of "
                            + person.displayName()
                            + ": "
                            + String.join(", ", person.groups().stream().sorted().toList()));
        }
        RolesConfig roles = ask();
        tell(person, roles);
        return roles;
    }

    private RolesConfig ask() {
        Set<String> admin = groups("Groups whose members administer (several with commas)");
        Set<String> user = groups("Groups whose members use the house");
        return interview.ask(
                "Everybody else whom the provider lets in (refuse, viewer, user, admin)",
                RoleAnswers.usual(admin, user),
                answer -> Reply.of(RoleAnswers.judge(admin, user, answer)));
    }

    private Set<String> groups(String question) {
        return interview.ask(
                question + ", or nothing", "", answer -> Reply.of(RoleAnswers.groups(answer)));
    }

    private void tell(VerifiedIdentity person, RolesConfig roles) {
        Optional<Role> role = roles.roleOf(person.groups());
        interview.say(
                "  By this, "
                        + person.displayName()
                        + role.map(RolesInterview::words)
                                .orElse(
                                        " would be refused: none of their groups is named, and"
                                                + " nobody else is let in."));
    }

    private static String words(Role role) {
        return switch (role) {
            case ADMIN -> " is an administrator of the house (admin).";
            case USER -> " uses the house (user).";
            case VIEWER -> " looks at the house and changes nothing (viewer).";
        };
    }
}
