package dev.vestibule.file;

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
    /// @throws FileNotWritten where it cannot be written; what was there still is
    public static void replace(Path file, String text) {
        try (Draft draft = Draft.write(file, text)) {
            draft.replace();
        }
    }
}
