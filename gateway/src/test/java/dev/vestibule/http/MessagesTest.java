package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Every language says the same, with the same places to fill.
class MessagesTest {

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyLanguageHasEverySentence(Language language) {
        assertThat(new TreeSet<>(words(language).stringPropertyNames()))
                .isEqualTo(new TreeSet<>(words(Language.ENGLISH).stringPropertyNames()));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everySentenceHasTheSamePlacesToFill(Language language) {
        Properties english = words(Language.ENGLISH);
        Properties translated = words(language);
        for (String key : english.stringPropertyNames()) {
            assertThat(places(translated.getProperty(key)))
                    .as(key)
                    .isEqualTo(places(english.getProperty(key)));
        }
    }

    /// Whose login it was is one person's in both places.
    @ParameterizedTest
    @EnumSource(Language.class)
    void aLoginIsTheSamePersonsWhetherItBeginsTheSentenceOrNot(Language language) {
        Properties words = words(language);
        for (String login : Set.of("local-login", "their-own-login")) {
            assertThat(words.getProperty("audit.actor." + login))
                    .isEqualToIgnoringCase(words.getProperty("audit.by." + login));
        }
    }

    /// A lone quote would swallow the rest of the sentence.
    @ParameterizedTest
    @EnumSource(Language.class)
    void everyQuoteIsWrittenTwice(Language language) {
        Properties words = words(language);
        for (String key : words.stringPropertyNames()) {
            assertThat(words.getProperty(key).replace("''", "")).as(key).doesNotContain("'");
        }
    }

    /// A question mark alone at the beginning of a line looks like a mistake.
    @Test
    void noFrenchSignIsPartedFromItsWord() {
        Properties french = words(Language.FRENCH);
        for (String key : french.stringPropertyNames()) {
            assertThat(french.getProperty(key)).as(key).doesNotContainPattern(" [?!:;»]|« ");
        }
    }

    /// As Home Assistant's own French does.
    @Test
    void frenchSaysVous() {
        Properties french = words(Language.FRENCH);
        Pattern familiar =
                Pattern.compile(
                        "\\b(tu|te|toi|ton|ta|tes|tiens?|tiennes?)\\b",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
        for (String key : french.stringPropertyNames()) {
            assertThat(french.getProperty(key)).as(key).doesNotContainPattern(familiar);
        }
    }

    /// As Home Assistant's own German, Dutch and Spanish do: nobody is spoken to in two ways.
    @Test
    void germanDutchAndSpanishSayDu() {
        neverSays(Language.GERMAN, "\\p{L}(en|rn|ln) Sie\\b|\\bIhnen\\b|[^.!?:] Ihr(e[mnr]?)?\\b");
        neverSays(Language.DUTCH, "(?<!\\{0\\} )\\b[Uu]w?\\b");
        neverSays(
                Language.SPANISH,
                "\\busted(es)?\\b|\\b(Inicie|Escriba|Pegue|Elija|Compruebe|Vuelva|Abra|Cierre)\\b");
    }

    private static void neverSays(Language language, String formal) {
        Pattern pattern = Pattern.compile(formal, Pattern.UNICODE_CHARACTER_CLASS);
        Properties words = words(language);
        for (String key : words.stringPropertyNames()) {
            assertThat(words.getProperty(key)).as(key).doesNotContainPattern(pattern);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void oneIsNotCountedAsMany(Language language) {
        Text last = Messages.text("handoff.wrong.code", 1);
        Text many = Messages.text("handoff.wrong.code", 4);

        assertThat(last.in(language)).doesNotContain("1").doesNotContain("{");
        assertThat(many.in(language)).contains("4").doesNotContain("{");
        assertThat(Messages.text("handoff.fact.minutes", 0).in(language)).doesNotContain("0");
    }

    private static Set<String> places(String sentence) {
        Set<String> places = new TreeSet<>();
        MessageFormat format = new MessageFormat(sentence, Locale.ROOT);
        for (int i = 0; i < format.getFormatsByArgumentIndex().length; i++) {
            if (sentence.contains("{" + i)) {
                places.add("{" + i + "}");
            }
        }
        return places;
    }

    private static Properties words(Language language) {
        String name =
                language == Language.ENGLISH
                        ? "messages.properties"
                        : "messages_" + language.tag() + ".properties";
        try (Reader reader =
                new InputStreamReader(
                        Messages.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            Properties words = new Properties();
            words.load(reader);
            return words;
        } catch (IOException unreadable) {
            throw new IllegalStateException(name, unreadable);
        }
    }
}
