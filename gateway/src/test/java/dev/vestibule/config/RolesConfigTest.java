package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class RolesConfigTest {

    private static RolesConfig roles(Role... otherwise) {
        return new RolesConfig(
                Set.of("admins", "owners"), Set.of("family"), Set.of("guests"), List.of(otherwise));
    }

    @Test
    void theHighestLineThatNamesAGroupGivesTheRoleAndTellsByWhichGroups() {
        assertThat(roles().judge(Set.of("family", "owners", "admins", "choir")))
                .isEqualTo(new RoleVerdict.ByGroups(Role.ADMIN, Set.of("admins", "owners")));
        assertThat(roles().judge(Set.of("guests", "family")))
                .isEqualTo(new RoleVerdict.ByGroups(Role.USER, Set.of("family")));
        assertThat(roles().judge(Set.of("guests")))
                .isEqualTo(new RoleVerdict.ByGroups(Role.VIEWER, Set.of("guests")));
    }

    @Test
    void whomNoLineNamesGetsWhatIsForOthersOrNothing() {
        assertThat(roles().judge(Set.of("Family"))).isEqualTo(new RoleVerdict.Refused());
        assertThat(roles(Role.VIEWER).judge(Set.of()))
                .isEqualTo(new RoleVerdict.Otherwise(Role.VIEWER));
    }

    @Test
    void theRoleIsTheOneOfTheVerdict() {
        assertThat(roles().roleOf(Set.of("family"))).contains(Role.USER);
        assertThat(roles().roleOf(Set.of())).isEmpty();
        assertThat(roles(Role.USER).roleOf(Set.of())).contains(Role.USER);
    }
}
