package dev.vestibule.app;

import dev.vestibule.cli.CommandFailed;
import dev.vestibule.cli.StopSignal;
import dev.vestibule.gate.PortUnavailable;
import dev.vestibule.testhouse.LoopbackPort;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `demo`: everything on this machine, nothing to configure. With `--check` it is walked over HTTP
/// and ends by itself.
final class DemoCommand implements Callable<Integer> {

    private static final int PORT = 8124;
    private static final long RECORD_BYTES_MAX = 16 * 1024 * 1024;

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PrintWriter out;
    private final StopSignal stopSignal;
    private final CountDownLatch hasStarted = new CountDownLatch(1);

    DemoCommand(PrintWriter out, StopSignal stopSignal) {
        this.out = out;
        this.stopSignal = stopSignal;
        spec.name("demo");
        spec.usageMessage()
                .description(
                        "Try Vestibule on this machine: a gateway, a simulated Home Assistant and a"
                                + " demo identity provider.");
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--port")
                        .type(int.class)
                        .paramLabel("PORT")
                        .defaultValue(Integer.toString(PORT))
                        .description("The port to open in the browser (default: ${DEFAULT-VALUE}).")
                        .build());
        spec.addOption(
                OptionSpec.builder("--check")
                        .description(
                                "Walk the demo over HTTP on free ports, print one line per step,"
                                        + " and end with 0 or 1.")
                        .build());
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult arguments = spec.commandLine().getParseResult();
        endOnSignal(Thread.currentThread());
        try {
            return arguments.hasMatchedOption("--check")
                    ? check()
                    : show(arguments.matchedOptionValue("--port", PORT));
        } finally {
            stopSignal.stopped();
        }
    }

    /// Ctrl-C interrupts the thread that works, once the house stands: in the middle of a start
    /// nobody could close what is half there.
    private void endOnSignal(Thread working) {
        Thread.ofVirtual()
                .name("demo-stop")
                .start(
                        () -> {
                            stopSignal.await();
                            if (awaitStart()) {
                                working.interrupt();
                            }
                        });
    }

    private boolean awaitStart() {
        try {
            hasStarted.await();
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int show(int port) {
        try (DemoHouse house = start(port, 0)) {
            greet(house);
            hasStarted.countDown();
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException stopped) {
            // By now the house is closed.
            return 0;
        }
    }

    private static DemoHouse start(int port, long recordBytesMax) {
        try {
            return DemoHouse.start(port, recordBytesMax);
        } catch (PortUnavailable taken) {
            throw new CommandFailed(taken.getMessage() + "\nChoose another one: demo --port PORT");
        }
    }

    private int check() {
        try (DemoHouse house = start(LoopbackPort.free(), RECORD_BYTES_MAX);
                DemoCheck check = new DemoCheck(house, out)) {
            hasStarted.countDown();
            boolean isOk = check.run();
            // What closes now must not be interrupted once more.
            var _ = Thread.interrupted();
            return isOk ? 0 : 1;
        }
    }

    private void greet(DemoHouse house) {
        out.println(DemoGreeting.of(house));
        out.flush();
    }
}
