package dev.vestibule.cli;

import dev.vestibule.foreign.ForeignText;

import java.io.PrintWriter;

/// What a command ends with, on a terminal. Names of others stand in it: of people, and of users of
/// Home Assistant.
final class Sentences {

    private Sentences() {}

    /// @param sentences of one line or several
    static void print(PrintWriter out, String sentences) {
        sentences.lines().map(ForeignText::marked).forEach(out::println);
    }
}
