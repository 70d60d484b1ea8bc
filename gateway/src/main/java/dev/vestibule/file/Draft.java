package dev.vestibule.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file as [OwnersFile] describes, written beside its place and not there yet. Whoever wrote it
/// closes it, which takes away what did not get into its place. Used by one thread.
public final class Draft implements AutoCloseable {

    private static final String ENDING = ".new";

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path draft;

    private Draft(Path file) {
        this.file = file;
        this.draft = of(file);
    }

    /// Where the draft of a file stands until it is in its place.
    static Path of(Path file) {
        return file.resolveSibling(file.getFileName() + ENDING);
    }

    /// It is on the disk when this returns. What a crash left of an earlier one goes.
    ///
    /// @param file the place that it is for, in a directory that exists
    /// @throws FileNotWritten where it cannot be written; nothing of it stays
    public static Draft write(Path file, String text) {
        Draft draft = new Draft(file);
        try {
            draft.make();
            draft.fill(text);
            return draft;
        } catch (IOException problem) {
            draft.close();
            throw new FileNotWritten(file, problem);
        }
    }

    /// Attack: at the draft's name stands a link to a file of somebody else's, or a file that they
    /// have open or may read. So what stands there goes, and an own file takes its name or fails.
    private void make() throws IOException {
        Files.deleteIfExists(draft);
        try {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNERS));
        } catch (UnsupportedOperationException withoutPermissions) {
            throw openToOthers();
        }
        PosixFileAttributeView kept =
                Files.getFileAttributeView(
                        draft, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        // Some file systems take permissions and forget them.
        if (kept == null || !OWNERS.containsAll(kept.readAttributes().permissions())) {
            throw openToOthers();
        }
    }

    private FileSystemException openToOthers() {
        return new FileSystemException(
                draft.toString(), null, "its file system does not keep others from reading it");
    }

    private void fill(String text) throws IOException {
        try (FileChannel channel =
                FileChannel.open(draft, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// Gets it into its place, where nothing is yet.
    ///
    /// @throws FileNotWritten as [OwnersFile#create]
    public void create() {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotWritten(file, new FileAlreadyExistsException(file.toString()));
        }
        replace();
    }

    /// Gets it into its place, whatever is there.
    ///
    /// @throws FileNotWritten as [OwnersFile#replace]
    public void replace() {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
        } catch (IOException problem) {
            throw new FileNotWritten(file, problem);
        }
    }

    /// That the file is called so is the directory's to remember. One that is opened for reading
    /// can be forced on Linux.
    private void syncDirectory() throws IOException {
        Path directory = file.toAbsolutePath().resolveSibling("");
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Never fails: the first failure is the one that is told.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException _) {
            // It is not ours, or cannot go.
        }
    }
}
