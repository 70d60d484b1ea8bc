package dev.vestibule.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r\n", "\u2028", "\u2029", "\u0085", "\u202e", "\u001b", "\u200b"})
    void aNameIsOneLineThatSteersNothing(String harm) {
        assertThat(PasskeyName.of(" my" + harm + "phone ")).isEqualTo("myphone");
        assertThat(PasskeyName.of(harm)).isEqualTo("Passkey");
    }

    @Test
    void aNameIsNotLong() {
        assertThat(PasskeyName.of("🔑".repeat(61))).isEqualTo("🔑".repeat(60));
    }
}
