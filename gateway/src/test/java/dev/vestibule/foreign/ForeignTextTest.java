package dev.vestibule.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

class ForeignTextTest {

    /// What Java calls "other" (control, format, surrogate, private, unassigned), and what ends a
    /// line: another way to say the rule than the product's.
    private static final Pattern HARMFUL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, // the end of a text in C
                '\t', '\n', 0x0B, 0x0C, '\r', // lines, and places in them
                0x08, // takes the letter before it away
                0x1B, // begins what steers a terminal
                0x7F, 0x85, // deletes; ends a line
                0x9B, // begins what steers a terminal, in one
                0x2028, 0x2029, // lines and paragraphs end
                0x061C, 0x200E, 0x200F, // turn what stands beside them
                0x202A, 0x202B, 0x202C, 0x202D, 0x202E, // turn what follows
                0x2066, 0x2067, 0x2068, 0x2069, // turn what follows, alone
            })
    void whatSteersIsNeverPlain(int point) {
        String text = "a" + Character.toString(point) + "b";

        assertThat(ForeignText.isSteering(point)).isTrue();
        assertThat(ForeignText.isPlain(text)).isFalse();
        assertThat(ForeignText.marked(text)).isEqualTo("a\uFFFDb");
        assertThat(ForeignText.excerpt(text)).isEqualTo("a\uFFFDb");
        assertThat(ForeignText.numbered(text))
                .isEqualTo("a\\u{" + Integer.toHexString(point) + "}b");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0xAD, // a hyphen that may be
                0x200B, 0x2060, 0xFEFF, // no space
                0x200C, 0x200D, // joins letters, or not
                0xE000, 0xF8FF, // a font's own
                0xD800, 0xDFFF, // half a letter
                0x0378, 0x10FFFF, // none yet, and none ever
                0xE0041, // a letter that is not shown
            })
    void whatCannotBeSeenIsNotPlainButSteersNothing(int point) {
        String text = "a" + Character.toString(point) + "b";

        assertThat(ForeignText.isSteering(point)).isFalse();
        assertThat(ForeignText.isPlain(text)).isFalse();
        assertThat(ForeignText.marked(text)).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ada  lovelace ",
                "Jürgen O'Brien-Müller",
                "עדה",
                "آدا",
                "李雷",
                "दीपा",
                "\"<b>\\u{41}\" = {x}",
                "👩🏽❤️",
                "\uFFFD…"
            })
    void whatIsPlainStaysAsItIs(String text) {
        assertThat(ForeignText.isPlain(text)).isTrue();
        assertThat(ForeignText.marked(text)).isEqualTo(text);
        assertThat(ForeignText.excerpt(text)).isEqualTo(text);
        assertThat(ForeignText.numbered(text)).isEqualTo(text);
    }

    @Test
    void anExcerptEndsAfterAHundredLettersAndSaysSo() {
        assertThat(ForeignText.excerpt("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(ForeignText.excerpt("x".repeat(101))).isEqualTo("x".repeat(100) + "…");
        assertThat(ForeignText.excerpt("x".repeat(99) + "\n" + "y".repeat(9_999)))
                .isEqualTo("x".repeat(99) + "\uFFFD…");
    }

    @Test
    void anExcerptCutsNoLetterInHalf() {
        assertThat(ForeignText.excerpt("🏠".repeat(100))).isEqualTo("🏠".repeat(100));
        assertThat(ForeignText.excerpt("🏠".repeat(101))).isEqualTo("🏠".repeat(100) + "…");
    }

    @Property
    void nothingHarmfulIsLeft(@ForAll String text) {
        assertThat(ForeignText.marked(text)).doesNotContainPattern(HARMFUL);
        assertThat(ForeignText.excerpt(text)).doesNotContainPattern(HARMFUL);
        assertThat(ForeignText.numbered(text)).doesNotContainPattern(HARMFUL);
        assertThat(ForeignText.isPlain(text)).isEqualTo(!HARMFUL.matcher(text).find());
    }

    @Property
    void anExcerptIsNeverLong(@ForAll String text) {
        String excerpt = ForeignText.excerpt(text.repeat(3));

        assertThat(excerpt.codePointCount(0, excerpt.length())).isLessThanOrEqualTo(101);
        assertThat(new String(excerpt.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(excerpt);
    }
}
