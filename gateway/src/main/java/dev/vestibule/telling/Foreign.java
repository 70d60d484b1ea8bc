package dev.vestibule.telling;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Text;

import java.text.Bidi;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What others chose, inside a sentence of ours: names, devices, addresses of clients.
///
/// Attack: somebody calls themselves `Ada signed in with Keycloak from 192.0.2.7. Eve`, so that the
/// log seems to say so. What is more than one plain word stands between quote marks; quote marks
/// inside become apostrophes, what steers a terminal or turns the direction of writing is shown as
/// a mark, and what is long is cut. The page escapes the rest as it does every text.
final class Foreign {

    private static final int LENGTH_MAX = 100;

    /// One word, or an address: there is nothing in it that a sentence could be made of.
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+:/-]*");

    private static final String QUOTES = "\"“”„‟«»‘’‚‛‹›`´";

    /// What is written from right to left stays where it is (Unicode Standard Annex 9, FSI and
    /// PDI), and does not turn the words and numbers beside it.
    private static final String ISOLATE = "\u2068";

    private static final String END_OF_ISOLATE = "\u2069";

    private Foreign() {}

    static Text of(String written) {
        String harmless = harmless(written);
        if (harmless.isEmpty()) {
            return text("audit.nothing");
        }
        if (isRightToLeft(harmless)) {
            return text("audit.quoted", ISOLATE + harmless + END_OF_ISOLATE);
        }
        return PLAIN.matcher(harmless).matches()
                ? Text.verbatim(harmless)
                : text("audit.quoted", harmless);
    }

    /// @param none what is said where there are none
    static Text of(List<String> written, Text none) {
        return written.isEmpty()
                ? none
                : of(written.stream().map(Foreign::harmless).collect(Collectors.joining(", ")));
    }

    /// Terminals show isolates as marks, and turn nothing.
    static String withoutIsolates(String sentence) {
        return sentence.replace(ISOLATE, "").replace(END_OF_ISOLATE, "");
    }

    private static boolean isRightToLeft(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    private static String harmless(String written) {
        StringBuilder harmless = new StringBuilder();
        written.codePoints()
                .limit(LENGTH_MAX + 1L)
                .map(Foreign::harmless)
                .forEachOrdered(harmless::appendCodePoint);
        String oneLine = harmless.toString().replaceAll(" {2,}", " ").strip();
        return oneLine.codePointCount(0, oneLine.length()) > LENGTH_MAX
                ? oneLine.substring(0, oneLine.offsetByCodePoints(0, LENGTH_MAX)) + "…"
                : oneLine;
    }

    private static int harmless(int c) {
        if (QUOTES.indexOf(c) >= 0) {
            return '\'';
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    '\uFFFD';
            default -> c;
        };
    }
}
