package dev.vestibule.visit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Linux; Android 16) Mobile Home Assistant/2026.9.1-full (Android 16;"
                        + " Pixel 9) | Home Assistant 2026.9.1-full (Android 16; Pixel 9)",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Home Assistant/2026.9"
                        + " (io.robbie.HomeAssistant; build:1; iOS 18.0.0) | Home Assistant 2026.9"
                        + " (io.robbie.HomeAssistant; build:1; iOS 18.0.0)",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 |"
                        + " iPhone; CPU iPhone OS 18_0 like Mac OS X",
                "curl/8.0 | curl/8.0"
            })
    void isCalledByWhatItSays(String userAgent, String expected) {
        assertThat(Device.describe(userAgent)).isEqualTo(expected);
    }

    @Test
    void isOneShortLineWhateverItSays() {
        assertThat(Device.describe("a\tb\u202ec")).isEqualTo("a?b?c");
        assertThat(Device.describe("x".repeat(1_000))).hasSize(80);
        assertThat(Device.describe("(" + "y".repeat(150) + ")")).hasSize(80);
        assertThat(Device.describe("")).isEmpty();
    }
}
