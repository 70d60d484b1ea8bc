package dev.vestibule.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A directory for its owner alone, which goes with all its files when it is closed.
record ScratchDirectory(Path path) implements AutoCloseable {

    static ScratchDirectory in(Path directory) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(directory, ".vestibule-setup-"));
    }

    @Override
    public void close() throws IOException {
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.toList();
        } catch (UncheckedIOException problem) {
            throw problem.getCause();
        }
    }
}
