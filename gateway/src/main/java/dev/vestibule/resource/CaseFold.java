package dev.vestibule.resource;

/// How texts are compared where case does not count, `userName` above all: what is unique in a
/// table, what a filter finds and what a PATCH hits are decided by this one spelling.
///
/// Only letters that are each other's upper and lower case become one. Unicode's rules make more of
/// them one: `ı` and `i`, the Kelvin sign and `k`, `ſ` and `s`, `ß` and `ss`. An identity system
/// may tell these apart, and then somebody who is free to choose a name could choose another's.
public final class CaseFold {

    private CaseFold() {}

    public static String of(String text) {
        return text.codePoints()
                .map(CaseFold::of)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int of(int letter) {
        int lower = Character.toLowerCase(letter);
        return Character.toUpperCase(lower) == letter ? lower : letter;
    }
}
