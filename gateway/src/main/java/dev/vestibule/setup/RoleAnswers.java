package dev.vestibule.setup;

import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads which groups give which role.
public final class RoleAnswers {

    public static final String REFUSE = "refuse";

    private RoleAnswers() {}

    /// Names with commas between them; none is allowed.
    public static Set<String> groups(String answer) {
        return Arrays.stream(answer.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What everybody else gets where the operator says nothing.
    public static String usual(Set<String> admin, Set<String> user) {
        return admin.isEmpty() && user.isEmpty() ? "user" : REFUSE;
    }

    /// @param otherwise the role of everybody else: `refuse`, `viewer`, `user` or `admin`
    public static Judged<RolesConfig> judge(Set<String> admin, Set<String> user, String otherwise) {
        return switch (otherwise.strip().toLowerCase(Locale.ROOT)) {
            case REFUSE ->
                    admin.isEmpty() && user.isEmpty()
                            ? Judged.unfit(Flaw.NOBODY_COULD_SIGN_IN)
                            : Judged.fits(roles(admin, user, List.of()));
            case "viewer" -> Judged.fits(roles(admin, user, List.of(Role.VIEWER)));
            case "user" -> Judged.fits(roles(admin, user, List.of(Role.USER)));
            case "admin" -> Judged.fits(roles(admin, user, List.of(Role.ADMIN)));
            default -> Judged.unfit(Flaw.ROLE_UNKNOWN);
        };
    }

    private static RolesConfig roles(Set<String> admin, Set<String> user, List<Role> otherwise) {
        return new RolesConfig(admin, user, Set.of(), otherwise);
    }
}
