package dev.vestibule.cli;

import dev.vestibule.secret.Secret;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A terminal whose answers are known beforehand. Prompts are kept apart from what is printed.
final class ScriptedTerminal implements Terminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> prompts = new ArrayList<>();
    private final List<String> secretPrompts = new ArrayList<>();
    private final Deque<Supplier<String>> answers = new ArrayDeque<>();
    private final boolean isInteractive;

    private ScriptedTerminal(boolean isInteractive) {
        this.isInteractive = isInteractive;
    }

    static ScriptedTerminal ofAPerson(String... answers) {
        return new ScriptedTerminal(true).then(answers);
    }

    static ScriptedTerminal ofAScript(String... answers) {
        return new ScriptedTerminal(false).then(answers);
    }

    ScriptedTerminal then(String... more) {
        Arrays.stream(more).<Supplier<String>>map(answer -> () -> answer).forEach(answers::add);
        return this;
    }

    /// An answer that is only known when it is asked for, such as the code of an authenticator app.
    ScriptedTerminal thenAskedFor(Supplier<String> answer) {
        answers.add(answer);
        return this;
    }

    String printed() {
        return out.toString();
    }

    String complained() {
        return err.toString();
    }

    List<String> prompts() {
        return List.copyOf(prompts);
    }

    /// The questions whose answers are not shown while they are typed.
    List<String> secretPrompts() {
        return List.copyOf(secretPrompts);
    }

    int answersLeft() {
        return answers.size();
    }

    @Override
    public PrintWriter out() {
        return new PrintWriter(out, true);
    }

    @Override
    public PrintWriter err() {
        return new PrintWriter(err, true);
    }

    @Override
    public boolean isInteractive() {
        return isInteractive;
    }

    @Override
    public Optional<String> readLine(String prompt) {
        prompts.add(prompt);
        return Optional.ofNullable(answers.poll()).map(Supplier::get);
    }

    @Override
    public Optional<Secret> readSecret(String prompt) {
        secretPrompts.add(prompt);
        return Optional.ofNullable(answers.poll()).map(Supplier::get).map(Secret::new);
    }
}
