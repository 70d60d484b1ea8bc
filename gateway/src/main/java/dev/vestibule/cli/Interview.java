package dev.vestibule.cli;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.secret.Secret;

import java.util.function.Function;

/// Asks an operator questions. Where a person answers, a wrong answer is told and asked for again;
/// where a script answers, it ends the command and names the question. Used by one thread.
final class Interview {

    private static final int TRIES_MAX = 5;

    private final Terminal terminal;

    Interview(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What others wrote may stand in it: nothing in it steers the terminal.
    void say(String line) {
        terminal.out().println(ForeignText.numbered(line));
    }

    /// @param fallback what an empty answer means; empty where there must be one
    <T> T ask(String question, String fallback, Function<String, Reply<T>> reader) {
        String prompt =
                ForeignText.numbered(question)
                        + (fallback.isEmpty() ? ": " : " [" + fallback + "]: ");
        return untilGood(
                question,
                () -> {
                    String line =
                            terminal.readLine(prompt).orElseThrow(() -> ended(question)).strip();
                    return reader.apply(line.isEmpty() ? fallback : line);
                });
    }

    <T> T askSecret(String question, Function<Secret, Reply<T>> reader) {
        return untilGood(
                question,
                () ->
                        reader.apply(
                                terminal.readSecret(question + ": ")
                                        .orElseThrow(() -> ended(question))));
    }

    /// One line, which may be empty.
    String askLine(String question) {
        return terminal.readLine(question + ": ").orElseThrow(() -> ended(question)).strip();
    }

    /// Several questions that are judged together.
    interface Attempt<T> {
        Reply<T> make();
    }

    /// @param question which of them a script is told of where what came out is bad
    <T> T untilGood(String question, Attempt<T> attempt) {
        for (int tries = 1; ; tries++) {
            switch (attempt.make()) {
                case Reply.Good<T>(var value) -> {
                    return value;
                }
                case Reply.Bad<T>(var sentence) -> {
                    if (!terminal.isInteractive()) {
                        throw new CommandFailed(question + "\n  " + sentence);
                    }
                    if (tries >= TRIES_MAX) {
                        throw new CommandFailed(sentence);
                    }
                    say("  " + sentence);
                }
            }
        }
    }

    private static CommandFailed ended(String question) {
        return new CommandFailed("The input ended before an answer to: " + question);
    }
}
