package dev.vestibule.cli;

import dev.vestibule.secret.Secret;

import java.io.PrintWriter;
import java.util.Optional;

/// Where commands write to, and where answers come from.
public interface Terminal {

    PrintWriter out();

    PrintWriter err();

    /// Whether a person sits there, who can be asked again after a wrong answer.
    boolean isInteractive();

    /// Asks for a line; empty at the end of the input.
    Optional<String> readLine(String prompt);

    /// Asks for a line that must not be seen while it is typed; empty at the end of the input.
    Optional<Secret> readSecret(String prompt);

    /// Console, standard output and standard error of this process. Where no person sits there,
    /// answers are read from standard input, line by line.
    static Terminal ofProcess() {
        return new ProcessTerminal();
    }
}
