package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

/// One command and what it does. The model of picocli is filled in by hand, so that options are
/// values that a method reads, and not fields that somebody else sets.
final class Action implements Callable<Integer> {

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final ToIntFunction<ParseResult> body;

    /// @param sentence what the command does, for the help
    Action(String name, String sentence, ToIntFunction<ParseResult> body) {
        this.body = body;
        spec.name(name).addOption(help());
        spec.usageMessage().description(sentence);
    }

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        return body.applyAsInt(spec.commandLine().getParseResult());
    }
}
