package dev.vestibule.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Entitlement;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.Closure;
import dev.vestibule.provisioning.KnownUser;
import dev.vestibule.provisioning.Standing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is made of a user whose person was shut out here, by what Home Assistant's owner did.
class DriftTest {

    private static final Entitlement WELCOME = new Entitlement.As(Role.USER, true);
    private static final Entitlement SHUT_OUT = new Entitlement.None();

    private static List<Drift> drift(
            Standing standing, Entitlement entitlement, Optional<HomeAssistantUser> there) {
        KnownUser known =
                new KnownUser(new AccountId("ben"), "user", true, Closure.CLOSED, standing);
        return Drift.of(known, entitlement, there, _ -> true);
    }

    private static Optional<HomeAssistantUser> there(boolean isActive) {
        return Optional.of(
                new HomeAssistantUser(
                        "user",
                        "ben",
                        "Ben",
                        false,
                        isActive,
                        false,
                        false,
                        Set.of("system-users"),
                        List.of("homeassistant")));
    }

    @ParameterizedTest
    @EnumSource(names = {"INACTIVE", "GONE"})
    void whoMayBeHereAndIsSeenActiveIsBack(Standing standing) {
        assertThat(drift(standing, WELCOME, there(true))).containsExactly(new Drift.Back());
    }

    @ParameterizedTest
    @EnumSource(names = {"INACTIVE", "GONE"})
    void whoIsStillSwitchedOffOrGoneIsNotBack(Standing standing) {
        assertThat(drift(standing, WELCOME, there(false))).isEmpty();
        assertThat(drift(standing, WELCOME, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoIsShutOutHereIsNeverBackByBeingActive(Standing standing) {
        assertThat(drift(standing, SHUT_OUT, there(true))).containsExactly(new Drift.LivesOn());
        assertThat(drift(standing, SHUT_OUT, there(false))).isEmpty();
    }

    /// A sign-in that is half done.
    @ParameterizedTest
    @EnumSource(names = "PRESENT")
    void whoIsOnTheirWayInIsNoDrift(Standing standing) {
        assertThat(drift(standing, WELCOME, there(true))).isEmpty();
    }
}
