package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de | GERMAN",
                "de-AT,en;q=0.5 | GERMAN",
                "DE-de | GERMAN",
                "fr-CA,fr;q=0.9,en;q=0.8 | FRENCH",
                "nl-BE,nl;q=0.9,fr;q=0.8 | DUTCH",
                "es-419,en;q=0.5 | SPANISH",
                "en-US,en;q=0.9,de;q=0.8 | ENGLISH",
                "pl,de;q=0.3,en;q=0.2 | GERMAN",
                "de;q=0,en | ENGLISH",
                "de;q=0 | ENGLISH",
                "* | ENGLISH",
                "pl | ENGLISH",
                ";;q=x | ENGLISH",
                "de;q=2 | ENGLISH",
            })
    void isTheFirstOfOursThatTheBrowserAsksFor(String header, Language language) {
        assertThat(accepted(header)).isEqualTo(language);
    }

    @Test
    void isEnglishForAListOfEndlessLength() {
        assertThat(accepted("de," + "x-y,".repeat(1_000) + "de")).isEqualTo(Language.ENGLISH);
    }

    @Test
    void isEnglishWhereNothingIsSaid() {
        assertThat(Language.accepted(Headers.NONE)).isEqualTo(Language.ENGLISH);
    }

    private static Language accepted(String header) {
        return Language.accepted(
                new Headers(List.of(new Headers.Header("accept-language", header))));
    }
}
