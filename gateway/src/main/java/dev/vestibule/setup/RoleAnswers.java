package dev.vestibule.setup;

import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads which groups give which role.
public final class RoleAnswers {

    public static final String REFUSE = "refuse";

    private RoleAnswers() {}

    /// Names with commas between them; none is allowed.
    public static Judged<Set<String>> groups(String answer) {
        Set<String> names = new HashSet<>();
        for (String name : answer.split(",", -1)) {
            switch (name.isBlank() ? Judged.fits("") : Judged.text(name)) {
                case Judged.Fits<String>(var text) -> names.add(text);
                case Judged.Unfit<String>(var problem) -> {
                    return new Judged.Unfit<>(problem);
                }
            }
        }
        names.remove("");
        return Judged.fits(Set.copyOf(names));
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
