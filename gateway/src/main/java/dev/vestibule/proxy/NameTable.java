package dev.vestibule.proxy;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A set of header names and beginnings of names. Compares without case, and takes an underscore
/// for a dash, because readers behind us may (attack: `X_Forwarded_For`). Looks up without
/// allocating. Immutable.
public final class NameTable {

    private static final String[] NO_NAMES = {};

    private final List<String> names;
    private final String[][] exact;
    private final String[][] beginnings;

    /// @param names lower case, with dashes; one that ends in a dash covers every name that begins
    ///   so
    public NameTable(List<String> names) {
        this.names = List.copyOf(names);
        this.exact = byFirstLetter(names.stream().filter(name -> !name.endsWith("-")).toList());
        this.beginnings = byFirstLetter(names.stream().filter(name -> name.endsWith("-")).toList());
    }

    private static String[][] byFirstLetter(List<String> names) {
        return IntStream.rangeClosed('a', 'z')
                .mapToObj(
                        letter ->
                                names.stream()
                                        .filter(name -> name.charAt(0) == letter)
                                        .map(name -> name.toLowerCase(Locale.ROOT))
                                        .toArray(String[]::new))
                .map(found -> found.length == 0 ? NO_NAMES : found)
                .toArray(String[][]::new);
    }

    /// The place of a whole name in the list that the table was made of; -1 where it is not in it.
    public int indexOf(CharSequence name) {
        int letter = name.isEmpty() ? -1 : fold(name.charAt(0)) - 'a';
        if (letter < 0 || letter >= exact.length) {
            return -1;
        }
        for (String whole : exact[letter]) {
            if (whole.length() == name.length() && beginsWith(name, whole)) {
                return names.indexOf(whole);
            }
        }
        return -1;
    }

    public boolean contains(CharSequence name) {
        int letter = name.isEmpty() ? -1 : fold(name.charAt(0)) - 'a';
        if (letter < 0 || letter >= exact.length) {
            return false;
        }
        for (String whole : exact[letter]) {
            if (whole.length() == name.length() && beginsWith(name, whole)) {
                return true;
            }
        }
        for (String beginning : beginnings[letter]) {
            if (beginsWith(name, beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWith(CharSequence name, String beginning) {
        if (name.length() < beginning.length()) {
            return false;
        }
        for (int i = 1; i < beginning.length(); i++) {
            if (fold(name.charAt(i)) != beginning.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char fold(char c) {
        if (c == '_') {
            return '-';
        }
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
