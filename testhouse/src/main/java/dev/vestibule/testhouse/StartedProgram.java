package dev.vestibule.testhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server of somebody else's that was started here, with the processes that it started itself;
/// what it prints lies in a file. Whoever started it closes it. Safe to share between threads.
public final class StartedProgram implements AutoCloseable {

    private static final int ENDING_SECONDS_MAX = 20;

    private final Process process;
    private final Path output;

    private StartedProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// @param output the file that gets what it prints and complains about
    /// @throws IOException where there is no such program
    public static StartedProgram start(ProcessBuilder command, Path output) throws IOException {
        return new StartedProgram(
                command.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Of the program itself.
    public long pid() {
        return process.pid();
    }

    /// Of the program and of all that it has started and that runs.
    public Stream<Long> pids() {
        return Stream.concat(
                Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid));
    }

    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
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
