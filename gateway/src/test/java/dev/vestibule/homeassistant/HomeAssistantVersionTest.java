package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

class HomeAssistantVersionTest {

    @ParameterizedTest
    @CsvSource({
        "2024.1.0.dev0, 2024.1.0",
        "2026.4.4, 2026.4.4",
        "2025.12.0b3, 2025.12.0",
        "2023.1, 2023.1.0",
        "2026.9.1.dev20260901, 2026.9.1"
    })
    void readsReleasesBetasAndDevelopmentVersions(String text, String version) {
        assertThat(HomeAssistantVersion.parse(text))
                .map(HomeAssistantVersion::toString)
                .contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024", "0.118.5", "latest", "2024.1.99999", "2024.1 \n"})
    void readsNothingElse(String text) {
        assertThat(HomeAssistantVersion.parse(text)).isEmpty();
    }

    @Test
    void comparesByNumberAndNotByText() {
        assertThat(new HomeAssistantVersion(2025, 12, 0))
                .isGreaterThan(new HomeAssistantVersion(2025, 2, 5));
        assertThat(
                        new HomeAssistantVersion(2025, 2, 10)
                                .isAtLeast(new HomeAssistantVersion(2025, 2, 9)))
                .isTrue();
        assertThat(new HomeAssistantVersion(2022, 12, 9).isAtLeast(HomeAssistantVersion.OLDEST))
                .isFalse();
    }

    @Test
    void knowsSinceWhenHomeAssistantShutsPeopleOutByItself() {
        var before = HomeAssistantCapabilities.of(new HomeAssistantVersion(2025, 12, 5), Set.of());
        var after = HomeAssistantCapabilities.of(new HomeAssistantVersion(2026, 1, 0), Set.of());
        var later = HomeAssistantCapabilities.of(new HomeAssistantVersion(2026, 4, 4), Set.of());

        assertThat(before.deactivationRemovesTokens()).isFalse();
        assertThat(after.deactivationRemovesTokens()).isTrue();
        assertThat(after.socketEnforcesLocalOnly()).isFalse();
        assertThat(later.socketEnforcesLocalOnly()).isTrue();
    }
}
