package dev.vestibule.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        Path file = directory.resolve("vestibule.db");
        furnish(file);
        database = Database.open(Sqlite.url(file));
    }

    /// Puts an empty database with the product's tables where there is none, as a copy of one that
    /// the product made: its some thirty migrations, each on the disk before the next begins, take
    /// longer than most tests.
    public static void furnish(Path file) {
        try {
            Files.write(file, Empty.BYTES, StandardOpenOption.CREATE_NEW);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Made when the first test of the process needs it.
    private static final class Empty {
        static final byte[] BYTES = migrated();

        private static byte[] migrated() {
            try {
                Path directory = Files.createTempDirectory("vestibule-empty");
                Path file = directory.resolve("vestibule.db");
                Database.open(Sqlite.url(file)).close();
                byte[] bytes = Files.readAllBytes(file);
                delete(directory);
                return bytes;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
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
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
