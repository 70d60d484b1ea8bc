package dev.vestibule.resource;

import java.text.Normalizer;
import java.util.Locale;

/// How texts are compared where case does not count, `userName` above all: what is unique in a
/// table, what a filter finds and what a PATCH hits are decided by this one spelling.
public final class CaseFold {

    private CaseFold() {}

    /// Upper case first, so that letters with several lower-case forms (ß, ς) come out as one.
    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
