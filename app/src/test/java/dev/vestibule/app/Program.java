package dev.vestibule.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program as a process of its own, with the flags that `./vestibule` gives it.
final class Program implements AutoCloseable {

    private static final int STOPPING_SECONDS_MAX = 60;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// @param directory where it runs, and where its standard error goes
    static Program start(Path directory, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.add("@" + repository().resolve("vestibule.jvmargs"));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path", "")));
        command.add(Launcher.class.getName());
        command.addAll(List.of(arguments));
        Path log = directory.resolve("stderr");
        try {
            return new Program(
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectError(log.toFile())
                            .start(),
                    log);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static Path repository() {
        return Path.of(System.getProperty("vestibule.repository", ".."));
    }

    /// Waits for a line of standard output that contains this, and gives it; what was printed
    /// instead where the output ends without one.
    String awaitLine(String part) {
        StringBuilder printed = new StringBuilder();
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                printed.append(line).append('\n');
                if (line.contains(part)) {
                    return line;
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return printed + complained();
    }

    /// What is on standard error, the log included.
    String complained() {
        try {
            return Files.readString(log);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Ends it as `kill -9` does, and waits until it is no more.
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Asks it to stop, and waits until it has.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the program did not stop: " + complained());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
