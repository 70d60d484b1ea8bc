package dev.vestibule.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.Origin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeySiteTest {

    @ParameterizedTest
    @CsvSource({
        "https://home.example.org, home.example.org",
        "https://home.example.org:8443, home.example.org",
        "http://localhost:8123, localhost",
        "http://vestibule.localhost, vestibule.localhost"
    })
    void namedHostsOnHttpsAndThisMachineHavePasskeys(String canonical, String rpId) {
        assertThat(RpId.of(origin(canonical))).contains(new RpId(rpId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://home.lan",
                "https://192.168.1.2",
                "http://127.0.0.1:8123",
                "http://[::1]:8123",
                "https://[2001:db8::1]"
            })
    void addressesAndPlainHttpHaveNone(String canonical) {
        assertThat(RpId.of(origin(canonical))).isEmpty();
    }

    @Test
    void aPageIsComparedAsBrowsersWriteIt() {
        assertThat(CeremonyHouse.SITE.isOwn("https://home.example.org")).isTrue();
        assertThat(CeremonyHouse.SITE.isOwn("https://home.example.org:443")).isFalse();
    }

    private static Origin origin(String text) {
        return Origin.parse(text).orElseThrow();
    }
}
