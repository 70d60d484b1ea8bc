package dev.vestibule.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A text file that its owner alone may read and write, from its first byte on. It stands there
/// whole or not at all, and is on the disk, its name too, when a method returns: neither a crash
/// nor a power cut leaves a half of it.
///
/// For one writer of a file at a time.
public final class OwnersFile {

    private OwnersFile() {}

    /// @throws FileNotWritten where something is there already, or it cannot be written
    public static void create(Path file, String text) {
        try (Draft draft = Draft.write(file, text)) {
            draft.create();
        }
    }

    /// Takes the place of what is there, if anything is. Of a link only the link goes.
    ///
    /// @throws FileNotWritten where it cannot be written: what was there still is; or the new one
    ///   is in its place, and whether a power cut leaves it there is not known
    public static void replace(Path file, String text) {
        try (Draft draft = Draft.write(file, text)) {
            draft.replace();
        }
    }

    /// Takes away what is there, if anything is, and first the draft of it that a crash left.
    ///
    /// @throws IOException where either stays
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(Draft.of(file));
        Files.deleteIfExists(file);
    }
}
