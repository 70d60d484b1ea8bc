package dev.vestibule.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `account`: the people whom a running gateway knows.
final class AccountCommands {

    private static final String HOME = "--home";

    private final ControlCommand commands;

    AccountCommands(Terminal terminal, ConfigOption config) {
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        CommandSpec account =
                new Action("account", "The people whom a running gateway knows.", Cli::showHelp)
                        .spec();
        account.addSubcommand("list", list());
        account.addSubcommand("link", link());
        account.addSubcommand("suspend", suspend());
        account.addSubcommand("restore", restore());
        account.addSubcommand("remove", remove());
        account.addSubcommand("sign-out", signOut());
        return account;
    }

    private CommandSpec list() {
        return commands.spec("list", "List them.", _ -> new ControlRequest.ListAccounts());
    }

    private CommandSpec link() {
        return commands.spec(
                        "link",
                        "Attach an existing user of Home Assistant to an account; signing in leads"
                                + " there from then on. The phones, apps and tokens of that user"
                                + " that Vestibule took over come along. A user that was made for"
                                + " the account at its first sign-in is used no more, and what was"
                                + " signed in as that user ends; delete it in Home Assistant when"
                                + " nothing of it is needed. The user of somebody who was removed"
                                + " is let in again by this alone.",
                        arguments ->
                                new ControlRequest.Link(
                                        account(arguments),
                                        arguments.matchedOptionValue(HOME, ""),
                                        arguments.matchedPositionalValue(1, "")))
                .addPositional(accountParameter())
                .addPositional(
                        ControlCommand.parameter(
                                1,
                                "HOME_ASSISTANT_USER",
                                "The user's id, or a name that only one user has."))
                .addOption(
                        OptionSpec.builder(HOME)
                                .paramLabel("NAME")
                                .type(String.class)
                                .description("The home, where the gateway has several.")
                                .build());
    }

    private CommandSpec suspend() {
        return commands.spec(
                        "suspend",
                        "Shut an account out everywhere, at once: sessions, apps, open pages.",
                        arguments -> new ControlRequest.Suspend(account(arguments)))
                .addPositional(accountParameter());
    }

    private CommandSpec restore() {
        return commands.spec(
                        "restore",
                        "Let a suspended account in again; everybody signs in anew.",
                        arguments -> new ControlRequest.Restore(account(arguments)))
                .addPositional(accountParameter());
    }

    private CommandSpec remove() {
        return commands.spec(
                        "remove",
                        "Shut an account out for good. Whoever signs in with the same identity"
                                + " afterwards is somebody new. Home Assistant's user is deleted"
                                + " where Vestibule had made it; one who was there before is"
                                + " deactivated, and lets nobody in until it is linked to another"
                                + " account.",
                        arguments -> new ControlRequest.Remove(account(arguments)))
                .addPositional(accountParameter());
    }

    private CommandSpec signOut() {
        return commands.spec(
                        "sign-out",
                        "End every browser's, app's and service's access of an account, at once."
                                + " The person may sign in again.",
                        arguments -> new ControlRequest.SignOut(account(arguments)))
                .addPositional(accountParameter());
    }

    private static PositionalParamSpec accountParameter() {
        return ControlCommand.parameter(
                0, "ACCOUNT", "The account's id, or a user name that only one account has.");
    }

    private static String account(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, "");
    }
}
