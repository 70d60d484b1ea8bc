package dev.vestibule.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A fresh database in a directory of its own, with the tables of the product. Each test opens and
/// closes its own.
public final class TestDatabase implements AutoCloseable {

    private final Path directory;
    private final Database database;

    public TestDatabase() {
        try {
            directory = Files.createTempDirectory("vestibule-test");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        database = Database.open(Sqlite.url(directory.resolve("vestibule.db")));
    }

    public Database database() {
        return database;
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        database.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
