package dev.vestibule.benchmarks;

import dev.vestibule.testhouse.StartedProgram;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A program that is measured, with the processes that it started itself. Whoever started it closes
/// it.
final class Program implements AutoCloseable {

    private final String name;
    private final StartedProgram started;

    private Program(String name, StartedProgram started) {
        this.name = name;
        this.started = started;
    }

    /// @param directory where it runs and leaves what it prints, in a file of its name
    static Program start(String name, Path directory, List<String> command) {
        try {
            return new Program(
                    name,
                    StartedProgram.start(
                            new ProcessBuilder(command).directory(directory.toFile()),
                            directory.resolve(name + ".out")));
        } catch (IOException problem) {
            throw new BenchmarkFailed(name + " cannot be started", problem);
        }
    }

    /// @throws BenchmarkFailed where it has ended, with what it printed
    void mustRun() {
        if (!started.isAlive()) {
            throw new BenchmarkFailed(name + " has ended by itself. It printed:\n" + printed());
        }
    }

    String printed() {
        return started.printed();
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
        return HeapInfo.bytesKept(started.pid());
    }

    private Stream<Long> pids() {
        mustRun();
        return started.pids();
    }

    @Override
    public void close() {
        started.close();
    }
}
