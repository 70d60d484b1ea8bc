package dev.vestibule.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A command of the product in a process of its own, without a terminal: answers go to its standard
/// input, and everything that it writes is kept. One thread uses it.
final class ProductProcess implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Writer input;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private ProductProcess(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = Thread.ofVirtual().start(() -> read(process.inputReader()));
    }

    /// The command line that stands for `vestibule`.
    static List<String> command() {
        String repository = System.getProperty("vestibule.repository", "..");
        return List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "@" + Path.of(repository, "vestibule.jvmargs").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path", "")),
                "dev.vestibule.Main");
    }

    /// @param directory where it runs
    static ProductProcess start(Path directory, String... arguments) {
        List<String> whole = new ArrayList<>(command());
        whole.addAll(List.of(arguments));
        return run(directory, new ProcessBuilder(whole));
    }

    /// Runs lines of a shell, for which `vestibule` is a command.
    static ProductProcess shell(Path directory, String script) {
        try {
            Path bin = Files.createDirectories(directory.resolve("bin"));
            Path vestibule = bin.resolve("vestibule");
            String quoted =
                    command().stream()
                            .map(word -> "'" + word + "'")
                            .collect(Collectors.joining(" "));
            Files.writeString(vestibule, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
            if (!vestibule.toFile().setExecutable(true)) {
                throw new IllegalStateException(vestibule + " cannot be made executable");
            }
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-euc", script);
            builder.environment().merge("PATH", bin.toString(), (old, ours) -> ours + ":" + old);
            return run(directory, builder);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static ProductProcess run(Path directory, ProcessBuilder builder) {
        try {
            return new ProductProcess(
                    builder.directory(directory.toFile()).redirectErrorStream(true).start());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void read(BufferedReader output) {
        try (output) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add(ended.toString());
        }
    }

    void answer(String... answers) {
        try {
            for (String answer : answers) {
                input.write(answer + "\n");
            }
            input.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(printed(), gone);
        }
    }

    /// The first line of the kind, once it was written.
    String awaitLine(Predicate<String> kind) {
        Patience.until(
                () -> lines.stream().anyMatch(kind) || !process.isAlive(),
                PAUSE,
                PATIENCE,
                this::printed);
        return lines.stream()
                .filter(kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such line:\n" + printed()));
    }

    /// Waits until it ends by itself.
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end:\n" + printed());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /// Standard output and standard error so far.
    String printed() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
