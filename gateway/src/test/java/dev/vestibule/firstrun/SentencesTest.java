package dev.vestibule.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.SetupPreset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// What the room `setup` finds wrong, or asks, can be said on a page.
class SentencesTest {

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void everyFlawIsSaidInOurLanguages(Flaw flaw) throws IOException {
        assertThat(words()).containsKey(Sentences.keyOf(flaw));
    }

    @ParameterizedTest
    @EnumSource(SetupPreset.class)
    void everyValueOfAPresetHasAQuestion(SetupPreset preset) throws IOException {
        for (int i = 0; i < preset.questions().size(); i++) {
            assertThat(words()).containsKey(Sentences.keyOf(preset, i));
        }
    }

    private static Properties words() throws IOException {
        Properties words = new Properties();
        try (InputStream file =
                FirstRun.class.getResourceAsStream("/dev/vestibule/http/messages.properties")) {
            words.load(file);
        }
        return words;
    }
}
