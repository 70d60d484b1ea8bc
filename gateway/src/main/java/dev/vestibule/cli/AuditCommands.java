package dev.vestibule.cli;

import dev.vestibule.audit.AuditKinds;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.cli.AuditControl.AuditEntry;
import dev.vestibule.cli.AuditControl.AuditPage;
import dev.vestibule.cli.AuditControl.AuditWish;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// `audit`: what happened to whom, for a person to read, or as JSON lines. Both are asked for a
/// page at a time, so that a log of any length passes.
final class AuditCommands {

    private static final String SINCE = "--since";
    private static final String UNTIL = "--until";
    private static final String ACCOUNT = "--account";
    private static final String EVENT = "--event";
    private static final String LIMIT = "--limit";
    private static final int LIMIT_DEFAULT = 50;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx", Locale.ROOT);

    private final ZoneId zone = ZoneId.systemDefault();
    private final Terminal terminal;
    private final ControlCommand commands;

    AuditCommands(Terminal terminal, ConfigOption config) {
        this.terminal = terminal;
        this.commands = new ControlCommand(terminal, config);
    }

    CommandSpec spec() {
        CommandSpec audit =
                new Action("audit", "What happened to whom, from where, and why.", Cli::showHelp)
                        .spec();
        audit.addSubcommand(
                "list",
                wishes(commands.specDoing("list", "Show the newest lines first.", this::list))
                        .addOption(
                                OptionSpec.builder(LIMIT)
                                        .paramLabel("COUNT")
                                        .type(Integer.class)
                                        .description("How many at most. Default: " + LIMIT_DEFAULT)
                                        .build()));
        audit.addSubcommand(
                "export",
                wishes(
                        commands.specDoing(
                                "export",
                                "Write all lines as JSON objects, one a line, the oldest first.",
                                this::export)));
        return audit;
    }

    private static CommandSpec wishes(CommandSpec spec) {
        return spec.addOption(option(SINCE, "MOMENT", "No earlier, such as 2026-11-26T00:00:00Z."))
                .addOption(option(UNTIL, "MOMENT", "Earlier than this."))
                .addOption(option(ACCOUNT, "ACCOUNT", "Only about this user name or ID."))
                .addOption(option(EVENT, "EVENT", "Only this event; see docs/audit.md."));
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private int list(ParseResult arguments) {
        int limit = arguments.matchedOptionValue(LIMIT, LIMIT_DEFAULT);
        if (limit < 1) {
            throw new CommandFailed(LIMIT + " must be 1 or more.");
        }
        Table table = new Table("TIME", "EVENT", "ADDRESS", "WHAT HAPPENED");
        each(
                arguments,
                wish(arguments, false),
                limit,
                line -> table.add(local(line.at()), line.event(), line.address(), line.sentence()));
        table.print(terminal.out());
        return ExitCode.DONE;
    }

    private int export(ParseResult arguments) {
        each(
                arguments,
                wish(arguments, true),
                Integer.MAX_VALUE,
                line -> terminal.out().println(json(line)));
        return ExitCode.DONE;
    }

    private void each(ParseResult arguments, AuditWish wish, int limit, Consumer<AuditEntry> each) {
        String place = "";
        int left = limit;
        do {
            AuditPage page =
                    commands.askForAudit(
                            arguments, wish.of(Math.min(left, AuditControl.PAGE_MAX)), place);
            page.lines().forEach(each);
            left -= page.lines().size();
            place = page.next();
        } while (!place.isEmpty() && left > 0);
    }

    private static AuditWish wish(ParseResult arguments, boolean isOldestFirst) {
        String event = arguments.matchedOptionValue(EVENT, "");
        Set<String> events = event.isEmpty() ? Set.of() : Set.of(event);
        List<String> unknown = AuditKinds.unknownAmong(events);
        if (!unknown.isEmpty()) {
            throw new CommandFailed(
                    "There is no event '"
                            + event
                            + "'. There are: "
                            + String.join(", ", AuditKinds.names()));
        }
        return new AuditWish(
                moment(arguments, SINCE),
                moment(arguments, UNTIL),
                arguments.matchedOptionValue(ACCOUNT, ""),
                events,
                AuditControl.PAGE_MAX,
                isOldestFirst);
    }

    private static String moment(ParseResult arguments, String option) {
        String written = arguments.matchedOptionValue(option, "");
        try {
            return written.isEmpty() ? "" : Instant.parse(written).toString();
        } catch (DateTimeParseException unreadable) {
            throw new CommandFailed(
                    option
                            + " needs a moment such as 2026-11-26T00:00:00Z, not '"
                            + written
                            + "'.");
        }
    }

    /// On this machine's clock, such as `2026-11-26 13:00:00+01:00`.
    private String local(String at) {
        return LOCAL.format(Instant.parse(at).atZone(zone));
    }

    private static String json(AuditEntry line) {
        return new AuditLine(
                        line.id(),
                        Instant.parse(line.at()),
                        line.event(),
                        line.address(),
                        line.detail())
                .json();
    }
}
