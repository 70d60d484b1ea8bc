package dev.vestibule.cli;

import dev.vestibule.config.ListenAddress;
import dev.vestibule.firstrun.FirstRun;
import dev.vestibule.firstrun.FirstRun.Afterwards;
import dev.vestibule.firstrun.FirstRunResult;
import dev.vestibule.firstrun.FirstRunUnavailable;
import dev.vestibule.setup.SetupFailed;
import dev.vestibule.setup.SetupFiles;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The page of a first run, as commands open it: `serve --first-run` where there is no
/// configuration, and `setup --page`.
final class FirstRunPage {

    static final String LISTEN = "--listen";

    private final Surroundings surroundings;

    FirstRunPage(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    OptionSpec listen() {
        return OptionSpec.builder(LISTEN)
                .paramLabel("ADDRESS:PORT")
                .type(String.class)
                .description(
                        "Where the first-run page listens; without it "
                                + FirstRun.LISTEN
                                + ". It is plain http, and Home Assistant's password is typed into"
                                + " it: name an address of a network that you trust.")
                .build();
    }

    /// Whether the page was asked for.
    ///
    /// @param by the option that asks for it
    /// @throws CommandFailed where an address is named for a page that nobody asked for
    boolean isWanted(ParseResult arguments, String by) {
        boolean isWanted = arguments.hasMatchedOption(by);
        if (!isWanted && arguments.hasMatchedOption(LISTEN)) {
            throw new CommandFailed(
                    LISTEN + " is where the first-run page listens. Say " + by + " too.");
        }
        return isWanted;
    }

    /// Returns once the files are written.
    ///
    /// @throws CommandFailed where nothing came of it
    void open(ParseResult arguments, SetupFiles files, Afterwards then) {
        FirstRun.Order order = new FirstRun.Order(address(arguments), files, then);
        try {
            files.requireRoom();
            run(order);
        } catch (SetupFailed failed) {
            throw failed(failed, then == Afterwards.ENDS);
        } catch (FirstRunUnavailable taken) {
            throw new CommandFailed(
                    taken.getMessage() + "\nChoose another address or port by " + LISTEN + ".");
        }
    }

    /// @param mayReplace whether the command has an option for that
    static CommandFailed failed(SetupFailed failed, boolean mayReplace) {
        return new CommandFailed(
                failed.sentence(
                        switch (failed.reason()) {
                            case NO_ROOM -> "Or choose another one by --config.";
                            case EXISTS -> mayReplace ? "Or say --force to replace it." : "";
                            case NOT_WRITTEN, NOT_READ_BACK -> "";
                        }));
    }

    private static ListenAddress address(ParseResult arguments) {
        String text = arguments.matchedOptionValue(LISTEN, FirstRun.LISTEN.toString());
        return ListenAddress.parse(text)
                .orElseThrow(
                        () ->
                                new CommandFailed(
                                        "Write "
                                                + LISTEN
                                                + " as an IP address and a port, such as "
                                                + FirstRun.LISTEN
                                                + "."));
    }

    private void run(FirstRun.Order order) {
        try (FirstRun page =
                FirstRun.open(
                        surroundings.time(),
                        surroundings.secrets(),
                        order,
                        surroundings.terminal().out()::println)) {
            switch (page.await()) {
                case FirstRunResult.Written() ->
                        surroundings
                                .terminal()
                                .out()
                                .println(
                                        "Written, readable by you only: " + order.files().config());
                case FirstRunResult.Idle() ->
                        throw new CommandFailed(
                                "Nobody answered the first-run page for an hour. Nothing was"
                                        + " written.");
                case FirstRunResult.Stopped() ->
                        throw new CommandFailed(
                                "The first-run page was stopped. Nothing was written.");
                case FirstRunResult.Guessed() ->
                        throw new CommandFailed(
                                "Too many wrong codes were entered at the first-run page. Nothing"
                                        + " was written.");
            }
        }
    }
}
