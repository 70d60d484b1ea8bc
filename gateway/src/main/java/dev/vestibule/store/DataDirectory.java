package dev.vestibule.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// The directory that a gateway keeps its things in, for one gateway at a time: caches and the
/// cutting of connections know of one process only. Whoever opened it closes it.
///
/// Attack: another user of the machine reads who lives here and what they did, or puts a database
/// of their own into place. So the database is readable by its owner only, and so is a directory
/// that is made here.
public final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final FileAttribute<?> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OWNER_FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            PosixFilePermissions.fromString("----w--w-");

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /// Makes the directory where there is none, and takes it.
    ///
    /// @throws DatabaseUnavailable where another gateway has it
    /// @throws UncheckedIOException where it cannot be made or written
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path, OWNER_DIRECTORY);
            keepOthersFromWriting(path);
            return lock(path);
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    "The data directory " + path + " cannot be used: " + problem.getMessage(),
                    problem);
        }
    }

    private static void keepOthersFromWriting(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().noneMatch(OTHERS_WRITE::contains)) {
            return;
        }
        try {
            permissions.removeAll(OTHERS_WRITE);
            Files.setPosixFilePermissions(path, permissions);
        } catch (IOException notOurs) {
            // A volume that a container was given: there are no other users in there.
            LOG.warn(
                    "event=data-directory-open path={} effect=\"whoever may write there can take"
                            + " over the gateway\"",
                    path);
        }
    }

    private static DataDirectory lock(Path path) throws IOException {
        Path file = path.resolve("vestibule.lock");
        createForOwner(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataDirectory(path, channel);
            }
        } catch (OverlappingFileLockException ours) {
            // Another gateway in this process: answered as any other.
        } catch (IOException problem) {
            channel.close();
            throw problem;
        }
        channel.close();
        throw new DatabaseUnavailable(
                "Another Vestibule runs on the data directory " + path + ". Stop it first.");
    }

    private static void createForOwner(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        } catch (FileAlreadyExistsException old) {
            LOG.trace("event=file-kept path={}", file);
        }
    }

    public Path path() {
        return path;
    }

    public Path databaseFile() {
        return path.resolve("vestibule.db");
    }

    /// Whether a database is there already, whose sealed values need the key that sealed them.
    public boolean hasDatabase() {
        return Files.exists(databaseFile());
    }

    /// Opens the database, readable by its owner only. What SQLite puts beside it (`-wal`, `-shm`)
    /// gets the permissions of the file itself.
    public Database openDatabase() {
        try {
            createForOwner(databaseFile());
            for (String name : List.of("vestibule.db", "vestibule.db-wal", "vestibule.db-shm")) {
                narrow(path.resolve(name));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    databaseFile()
                            + " cannot be made readable by its owner only: "
                            + problem.getMessage(),
                    problem);
        }
        return Database.open(Sqlite.url(databaseFile()));
    }

    /// It may be older than this rule, or come from a backup.
    private static void narrow(Path file) throws IOException {
        if (Files.exists(file) && !Files.getPosixFilePermissions(file).equals(OWNER_FILE)) {
            Files.setPosixFilePermissions(file, OWNER_FILE);
        }
    }

    /// Lets another gateway have it. The lock file stays: removing it could take the lock from
    /// under somebody who has just opened it.
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException problem) {
            LOG.warn("event=lock-close-failed reason=\"{}\"", problem.getMessage());
        }
    }
}
