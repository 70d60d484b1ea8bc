package dev.vestibule.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Language;
import dev.vestibule.http.Text;
import dev.vestibule.setup.Flaw;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.Registration;
import dev.vestibule.setup.SetupPreset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
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

    /// What we explain about a product is in the reader's language; its menus are called as it
    /// calls them.
    @ParameterizedTest
    @EnumSource(SetupPreset.class)
    void whatIsAdvisedOfAPresetIsInEveryLanguage(SetupPreset preset) {
        isInEveryLanguage(preset.groupsAdvice());
        Registration.of(choice(preset)).notes().forEach(SentencesTest::isInEveryLanguage);
    }

    private static void isInEveryLanguage(Text note) {
        assertThat(Arrays.stream(Language.values()).map(note::in)).doesNotHaveDuplicates();
    }

    private static ProviderChoice choice(SetupPreset preset) {
        return new ProviderChoice(
                Origin.parse("https://home.example.org").orElseThrow(),
                preset,
                preset.id(),
                URI.create("https://auth.example.org/somewhere"));
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
