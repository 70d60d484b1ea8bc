package dev.vestibule.benchmarks;

import dev.vestibule.benchmarks.Answers.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `benchmarks/run [--quick] [--directory]`: starts the house, measures, prints, and leaves nothing
/// behind.
public final class Benchmarks {

    private static final String USAGE = "usage: benchmarks/run [--quick] [--directory]";
    private static final String QUICK = "--quick";

    /// Only what an identity system sends.
    private static final String DIRECTORY = "--directory";

    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final PrintStream out;
    private final House house;
    private final Plan plan;

    private Benchmarks(PrintStream out, House house, Plan plan) {
        this.out = out;
        this.house = house;
        this.plan = plan;
    }

    static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (!Set.of(QUICK, DIRECTORY).containsAll(arguments)) {
            err.println(USAGE);
            return 2;
        }
        out.println(Machine.describe());
        out.println(Machine.quietness());
        try (House house = new House(Path.of(System.getProperty("vestibule.repository", "")))) {
            Runtime.getRuntime().addShutdownHook(new Thread(house::close, "put-away"));
            Plan plan = arguments.contains(QUICK) ? Plan.quick() : Plan.whole();
            Benchmarks benchmarks = new Benchmarks(out, house, plan);
            if (arguments.contains(DIRECTORY)) {
                benchmarks.directory();
            } else {
                benchmarks.measure();
            }
            return 0;
        } catch (BenchmarkFailed | VisitorFailed failed) {
            err.println("The benchmarks failed: " + failed.getMessage());
            return 1;
        }
    }

    private void measure() {
        http();
        if (plan.socketRounds() > 0) {
            sockets();
        }
        suspension();
        standing();
        directory();
    }

    /// After everything else: whoever is there would be there for the rest.
    private void directory() {
        house.startGatewayAgain();
        new DirectoryGrowth(house, plan.directory())
                .measure()
                .forEach(table -> out.println(table.text()));
    }

    private void suspension() {
        SuspensionTime.Measured measured = new SuspensionTime(house, plan).measure();
        out.println(
                new Table(
                                "A suspension, %,d websockets of the person and as many of others"
                                                .formatted(plan.suspendedSockets())
                                        + " open: all of theirs closed, none of the others'",
                                List.of(
                                        List.of(
                                                "first one closed",
                                                measured.first().toMillis() + " ms"),
                                        List.of(
                                                "last one closed",
                                                measured.last().toMillis() + " ms"),
                                        List.of(
                                                "the command has returned",
                                                measured.command().toMillis() + " ms")))
                        .text());
    }

    private void http() {
        HttpComparison comparison = new HttpComparison(house, plan);
        comparison.check();
        out.println("checked: 401 without the session's bearer, the right bytes with it\n");
        Map<Answer, Rounds> measured = comparison.measure();
        List<List<String>> costs = new ArrayList<>();
        List<List<String>> rates = new ArrayList<>();
        measured.forEach(
                (answer, rounds) -> {
                    costs.add(rounds.row(answer.name(), Turn::processorMicros, 1));
                    rates.add(rounds.row(answer.name(), Turn::perSecond, 0));
                });
        String how =
                "%d connections, median of %d turns of %d s (least-most)"
                        .formatted(Wrk.CONNECTIONS, plan.httpRounds(), plan.httpTurn().toSeconds());
        print("Processor time for a signed-in request, µs: " + how, "answer", costs);
        print("Requests a second, load and home on the same cores: " + how, "answer", rates);
    }

    private void sockets() {
        SocketComparison comparison = new SocketComparison(house, plan);
        Rounds commands = comparison.commands();
        Rounds events = comparison.events();
        String how =
                "%d websockets, median of %d turns of %d s (least-most)"
                        .formatted(
                                SocketComparison.SOCKETS,
                                plan.socketRounds(),
                                plan.socketTurn().toSeconds());
        print(
                "Processor time for a websocket message, µs: " + how,
                "message",
                List.of(
                        commands.row("command or result", Turn::processorMicros, 1),
                        events.row("event", Turn::processorMicros, 1)));
        print(
                "Websocket messages for a second of processor time: " + how,
                "message",
                List.of(
                        commands.row("command or result", Benchmarks::perProcessorSecond, 0),
                        events.row("event", Benchmarks::perProcessorSecond, 0)));
    }

    private static double perProcessorSecond(Turn turn) {
        return Duration.ofSeconds(1).toNanos() / 1e3 / turn.processorMicros();
    }

    private void print(String title, String subject, List<List<String>> rows) {
        out.println(
                Table.of(title, List.of(subject, "Vestibule", "nginx plain", "ratio"), rows)
                        .text());
    }

    private void standing() {
        Standing standing = new Standing(house, plan);
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "first answer, new data directory",
                        house.firstAnswer().toMillis() + " ms"));
        rows.add(
                List.of(
                        "memory after the load",
                        mebibytes(house.gateway().program().residentBytes())));
        rows.add(List.of("first answer, started again", standing.firstAnswer().text(0) + " ms"));
        standing.memory()
                .forEach(
                        (count, bytes) ->
                                rows.add(
                                        List.of(
                                                "memory, %d open websockets".formatted(count),
                                                mebibytes(bytes))));
        out.println(
                new Table("The gateway alone (resident memory; from command to first page)", rows)
                        .text());
    }

    private static String mebibytes(long bytes) {
        return Math.round(bytes / MEBIBYTE) + " MiB";
    }
}
