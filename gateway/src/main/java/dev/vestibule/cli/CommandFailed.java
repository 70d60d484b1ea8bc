package dev.vestibule.cli;

/// A command cannot go on. The message is for the operator: what is wrong and what to do, without
/// secrets. It ends the command with exit code 1 and never shows a stack trace.
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public CommandFailed(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /// May have several lines.
    public String sentence() {
        return sentence;
    }
}
