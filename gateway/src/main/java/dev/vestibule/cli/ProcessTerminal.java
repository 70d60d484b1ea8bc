package dev.vestibule.cli;

import dev.vestibule.secret.Secret;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The terminal of this process. Used by one thread.
final class ProcessTerminal implements Terminal {

    private final @Nullable Console console;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BufferedReader in;

    // The check believes that a console is always there; on JDK 25 without a terminal it is not.
    @SuppressWarnings("SystemConsoleNull")
    ProcessTerminal() {
        // Null where nobody sits there, or a console that is no terminal: both differ by release.
        Console found = System.console();
        this.console = found != null && found.isTerminal() ? found : null;
        Charset charset = console != null ? console.charset() : StandardCharsets.UTF_8;
        this.out = new PrintWriter(System.out, true, charset);
        this.err = new PrintWriter(System.err, true, charset);
        this.in = new BufferedReader(new InputStreamReader(System.in, charset));
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public boolean isInteractive() {
        return console != null;
    }

    @Override
    public Optional<String> readLine(String prompt) {
        if (console != null) {
            return Optional.ofNullable(console.readLine("%s", prompt));
        }
        return fromStandardInput();
    }

    @Override
    public Optional<Secret> readSecret(String prompt) {
        if (console != null) {
            return Optional.ofNullable(console.readPassword("%s", prompt))
                    .map(typed -> new Secret(new String(typed)));
        }
        return fromStandardInput().map(Secret::new);
    }

    private Optional<String> fromStandardInput() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException unreadable) {
            throw new CommandFailed("Standard input cannot be read. Run it in a terminal.");
        }
    }
}
