package dev.vestibule.homeassistant;

import static dev.vestibule.homeassistant.ScriptedTie.CLIENT;
import static dev.vestibule.homeassistant.ScriptedTie.CLIENT_ID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.homeassistant.TokenProbeResult.Alive;
import dev.vestibule.homeassistant.TokenProbeResult.Dead;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TokenProbeTest {

    @Test
    void saysWhoseALivingTokenIs() {
        try (var house = new ScriptedTie()) {
            assertThat(ask(house, house.home.administratorToken()))
                    .isInstanceOfSatisfying(
                            Alive.class,
                            owner -> {
                                assertThat(owner.name()).isEqualTo("Owner");
                                assertThat(owner.isOwner()).isTrue();
                                assertThat(owner.isAdmin()).isTrue();
                            });
            String anna = house.home.addUser("Anna", "anna", "pw", "system-users").id();
            String access = house.home.signInDirectly("anna", "pw", CLIENT_ID).accessToken();
            assertThat(ask(house, access)).isEqualTo(new Alive(anna, "Anna", false, false));
        }
    }

    @Test
    void aTokenThatNobodyMadeOrThatEndedIsDead() {
        try (var house = new ScriptedTie()) {
            String anna = house.home.addUser("Anna", "anna", "pw", "system-users").id();
            String access = house.home.signInDirectly("anna", "pw", CLIENT_ID).accessToken();
            house.home.setActive(anna, false);

            assertThat(ask(house, access)).isEqualTo(new Dead());
            assertThat(ask(house, "nonsense")).isEqualTo(new Dead());
        }
    }

    @Test
    void aNewReleaseJudgesByThePersonsAddress() {
        try (var house =
                new ScriptedTie(
                        HomeOptions.defaults()
                                .withVersion("2026.9.4")
                                .withForwardedHeadersTrusted(true))) {
            String anna = house.home.addUser("Anna", "anna", "pw", "system-users").id();
            String access = house.home.signInDirectly("anna", "pw", CLIENT_ID).accessToken();
            house.home.setLocalOnly(anna, true);

            assertThat(ask(house, access)).isEqualTo(new Dead());
        }
    }

    @Test
    void whatCannotBeAskedIsNotDead() {
        try (var house = new ScriptedTie(HomeOptions.defaults(), TestLimits.IMPATIENT)) {
            String token = house.home.administratorToken();

            house.home.faults().hangCommand("auth/current_user");
            assertOutage(() -> ask(house, token));
            house.home.faults().clear();
            house.home.faults().failCommand("auth/current_user", "unknown_error");
            assertOutage(() -> ask(house, token));
            house.home.faults().clear();
            house.home.faults().answer("/api/websocket", 403);
            assertOutage(() -> ask(house, token));
            house.home.faults().clear();
            house.home.stop();
            assertOutage(() -> ask(house, token));
            house.home.startAgain();

            assertThat(ask(house, token)).isInstanceOf(Alive.class);
        }
    }

    private static TokenProbeResult ask(ScriptedTie house, String token) {
        return house.tie.tokenProbe().ask(new Secret(token), CLIENT);
    }

    private static void assertOutage(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(HomeAssistantUnavailable.class);
    }
}
