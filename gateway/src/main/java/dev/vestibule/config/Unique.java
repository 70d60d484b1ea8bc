package dev.vestibule.config;

import java.util.HashMap;
import java.util.Map;

/// Values of which each may occur once in the whole file. Belongs to one thread.
final class Unique<T> {

    private final Findings findings;
    private final Map<T, Located<T>> taken = new HashMap<>();

    Unique(Findings findings) {
        this.findings = findings;
    }

    /// @param advice what to do if the value is taken
    void claim(Located<T> located, String advice) {
        Located<T> first = taken.putIfAbsent(located.value(), located);
        if (first != null) {
            findings.problem(
                    located.line(),
                    located.path(),
                    "'"
                            + located.value()
                            + "' is already in use on line "
                            + first.line()
                            + " ("
                            + first.path()
                            + "). "
                            + advice);
        }
    }
}
