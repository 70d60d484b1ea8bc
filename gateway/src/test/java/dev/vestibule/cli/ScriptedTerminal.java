package dev.vestibule.cli;

import dev.vestibule.secret.Secret;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
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
    private final List<Moment> moments = new ArrayList<>();
    private final boolean isInteractive;
    private int seen;

    /// A line as it stood there in the end.
    ///
    /// @param typed what was typed behind the text; dots where it could not be seen
    record Moment(String text, String typed) {}

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

    /// What was printed and asked, in its order.
    List<Moment> moments() {
        String printed = out.toString();
        printed.substring(seen).lines().map(line -> new Moment(line, "")).forEach(moments::add);
        seen = printed.length();
        return List.copyOf(moments);
    }

    String printed() {
        return out.toString();
    }

    /// The authorization address that was printed last.
    URI lastAddress() {
        return URI.create(
                printed()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.contains("/authorize?"))
                        .reduce((_, last) -> last)
                        .orElseThrow());
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
        Optional<String> answer = Optional.ofNullable(answers.poll()).map(Supplier::get);
        asked(prompt, answer.orElse(""));
        return answer;
    }

    @Override
    public Optional<Secret> readSecret(String prompt) {
        secretPrompts.add(prompt);
        Optional<String> answer = Optional.ofNullable(answers.poll()).map(Supplier::get);
        asked(prompt, "•".repeat(answer.orElse("").length()));
        return answer.map(Secret::new);
    }

    private void asked(String prompt, String typed) {
        moments();
        moments.add(new Moment(prompt, typed));
    }
}
