package dev.vestibule.cli;

import dev.vestibule.secret.Secret;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// The terminal of this process. Used by one thread.
final class ProcessTerminal implements Terminal {

    private final Console console;
    private final boolean isInteractive;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BufferedReader in;

    ProcessTerminal() {
        // Since JDK 22 it is never null; whether a person sits there, it says itself.
        this.console = Objects.requireNonNull(System.console());
        this.isInteractive = console.isTerminal();
        Charset charset = isInteractive ? console.charset() : StandardCharsets.UTF_8;
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
        return isInteractive;
    }

    @Override
    public Optional<String> readLine(String prompt) {
        if (isInteractive) {
            return Optional.ofNullable(console.readLine("%s", prompt));
        }
        return fromStandardInput();
    }

    @Override
    public Optional<Secret> readSecret(String prompt) {
        if (isInteractive) {
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
