package dev.vestibule.telling;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.http.Language;
import dev.vestibule.http.Text;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What others chose, inside a sentence of ours: names, devices, addresses of clients.
///
/// Attack: somebody calls themselves `Ada signed in with Keycloak from 192.0.2.7. Eve`, so that the
/// log seems to say so. So it is a short [ForeignText#excerpt], in which what merely has no ink is
/// a mark too. What is more than one plain word, or could be taken for a word of ours (`nobody`),
/// stands between quote marks, and what looks like quote marks inside becomes an apostrophe. The
/// page escapes the rest as it does every text.
final class Foreign {

    /// One word, or an address: there is nothing in it that a sentence could be made of. Of other
    /// scripts than ours, too many letters look like ours.
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{IsLatin}\\p{Nd}][\\p{IsLatin}\\p{Nd}._@+:/-]*");

    /// Quote marks (Unicode's categories Pi and Pf), and what looks like one in some language of
    /// ours: marks that open low, primes, ditto marks, ornaments, comparisons. Several in a row are
    /// one, as two apostrophes look like an end.
    private static final Pattern QUOTES =
            Pattern.compile(
                    "[\\p{Pi}\\p{Pf}\"'`\u00B4\u02B9-\u02BD\u02CA\u02CB\u02DD\u02EE\u02F4-\u02F6"
                            + "\u05F3\u05F4\u201A\u201E\u2032-\u2037\u2057"
                            + "\u226A\u226B\u275B-\u2760\u276E\u276F\u27EA\u27EB\u2AA1\u2AA2"
                            + "\u2E42\u3003\u300A\u300B\u301D-\u301F\uFF02\uFF07\uFF40"
                            + "\\x{1F676}-\\x{1F678}]+");

    /// Letters and marks without ink (most of Unicode's Default_Ignorable_Code_Point that are of no
    /// category that is not plain, the empty pattern of Braille, and the place of an object). The
    /// selectors of colour, which an emoji needs, are none.
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180D\u180F\u2800\u3164\uFE00-\uFE0D"
                            + "\uFF00\uFFA0\uFFFC\\x{E0100}-\\x{E01EF}]");

    /// Nothing that stands by itself.
    private static final Pattern EMPTY = Pattern.compile("[\\p{M} ]*");

    private static final Set<String> OURS = ours();

    /// What is written from right to left stays where it is (Unicode Standard Annex 9, FSI and
    /// PDI), and does not turn the words and numbers beside it.
    private static final String ISOLATE = "\u2068";

    private static final String END_OF_ISOLATE = "\u2069";

    private Foreign() {}

    static Text of(String written) {
        String harmless = harmless(written);
        if (EMPTY.matcher(harmless).matches()) {
            return text("audit.nothing");
        }
        if (isRightToLeft(harmless)) {
            return text("audit.quoted", ISOLATE + harmless + END_OF_ISOLATE);
        }
        return PLAIN.matcher(harmless).matches() && !OURS.contains(folded(harmless))
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

    /// The words by which we say that there is nobody and nothing, and who we are.
    private static Set<String> ours() {
        return Stream.of(
                        "audit.nothing",
                        "audit.nobody",
                        "audit.none",
                        "audit.somebody",
                        "audit.from-anywhere",
                        "audit.break-glass.anywhere",
                        "audit.unknown-device",
                        "audit.by.console",
                        "audit.by.the-gateway",
                        "audit.by.the-configuration")
                .map(key -> text(key))
                .flatMap(words -> Arrays.stream(Language.values()).map(words::in))
                .flatMap(words -> Arrays.stream(words.split("[ ’]")))
                .map(Foreign::folded)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String folded(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static boolean isRightToLeft(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    private static String harmless(String written) {
        String seen = UNSEEN.matcher(ForeignText.excerpt(written)).replaceAll(ForeignText.MARK);
        return QUOTES.matcher(seen).replaceAll("'").replaceAll("\\p{Zs}+", " ").strip();
    }
}
