package dev.vestibule.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program that was started here, with the processes that it started itself. Whoever started it
/// closes it.
final class Program implements AutoCloseable {

    private static final int ENDING_SECONDS_MAX = 20;

    private final String name;
    private final Process process;
    private final Path output;

    private Program(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /// @param directory where it runs and leaves what it prints, in a file of its name
    static Program start(String name, Path directory, List<String> command) {
        Path output = directory.resolve(name + ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            return new Program(name, process, output);
        } catch (IOException problem) {
            throw new BenchmarkFailed(name + " cannot be started", problem);
        }
    }

    /// @throws BenchmarkFailed where it has ended, with what it printed
    void mustRun() {
        if (!process.isAlive()) {
            throw new BenchmarkFailed(name + " has ended by itself. It printed:\n" + printed());
        }
    }

    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException problem) {
            throw new BenchmarkFailed("the output of " + name + " cannot be read", problem);
        }
    }

    /// Of all its processes together.
    Duration processorTime() {
        return pids().map(ProcFiles::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    /// Of all its processes together, in bytes.
    long residentBytes() {
        return pids().mapToLong(ProcFiles::residentBytes).sum();
    }

    /// What the heap of its JVM has to keep, in bytes: what is left after a collection.
    long heapBytesKept() {
        mustRun();
        return HeapInfo.bytesKept(process.pid());
    }

    private Stream<Long> pids() {
        mustRun();
        return Stream.concat(
                Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid));
    }

    /// Asks it to end, and ends what it leaves behind.
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(ENDING_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
