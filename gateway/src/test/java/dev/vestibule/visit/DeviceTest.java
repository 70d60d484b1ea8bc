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
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 |"
                        + " Firefox, Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/130.0 Safari/537.36 Edg/130.0 | Edge, Windows",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/130.0 Mobile Safari/537.36 | Chrome, Android",
                "curl/8.0 | curl/8.0"
            })
    void isCalledByWhatItSays(String userAgent, String expected) {
        assertThat(Device.of(userAgent)).isEqualTo(expected);
    }

    @Test
    void isOneShortLineWhateverItSays() {
        assertThat(Device.of("a\tb\u202ec")).isEqualTo("a?b?c");
        assertThat(Device.of("x".repeat(1_000))).hasSize(80);
        assertThat(Device.of("(" + "y".repeat(150) + ")")).hasSize(80);
        assertThat(Device.of("")).isEmpty();
    }
}
