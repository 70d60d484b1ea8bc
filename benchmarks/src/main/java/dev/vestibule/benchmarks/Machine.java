package dev.vestibule.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the figures come from.
final class Machine {

    private static final Path PROC = Path.of("/proc");
    private static final double QUIET = 0.5;

    private Machine() {}

    static String describe() {
        return "%s, %d cores, %d GiB, Linux %s, Java %s"
                .formatted(
                        field(read("cpuinfo"), "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(
                                Double.parseDouble(
                                                field(read("meminfo"), "MemTotal")
                                                        .replaceAll("\\D", ""))
                                        / 1024
                                        / 1024),
                        System.getProperty("os.version", ""),
                        Runtime.version());
    }

    /// Processes that wanted to run, on average over the last minute.
    static double load() {
        return Double.parseDouble(read("loadavg").split(" ", 2)[0]);
    }

    /// Says so where others want the processor too.
    static String quietness() {
        double load = load();
        return load < QUIET
                ? "quiet before the start (load %s)".formatted(load)
                : ("BUSY before the start (load %s): trust the ratios more than the figures, and"
                                + " neither where they spread")
                        .formatted(load);
    }

    private static String field(String file, String name) {
        return file.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    private static String read(String file) {
        try {
            return Files.readString(PROC.resolve(file));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
