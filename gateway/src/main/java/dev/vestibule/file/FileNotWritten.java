package dev.vestibule.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file cannot be written. The message is one for the operator, without a full stop: which file,
/// and why. Nothing of what was to stand in it is told.
public final class FileNotWritten extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    public FileNotWritten(Path file, IOException problem) {
        super(file + " cannot be written: " + reason(file, problem), problem);
    }

    /// The JDK's own messages are bare paths for the most part.
    private static String reason(Path file, IOException problem) {
        Path directory = file.toAbsolutePath().resolveSibling("");
        return switch (problem) {
            case NoSuchFileException _ -> "the directory " + directory + " does not exist";
            case AccessDeniedException _ -> "this program may not write in " + directory;
            case FileAlreadyExistsException _ -> "something is there already";
            case DirectoryNotEmptyException full -> full.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(problem.getMessage());
        };
    }
}
