package dev.vestibule.secret;

import java.nio.file.Path;

/// The master key is missing, unreadable, open to others, or not the database's. The message says
/// what to do.
public final class MasterKeyProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MasterKeyProblem(String message) {
        super(message);
    }

    /// @param found the id of the key in the file
    /// @param needed the id of the key that the database was sealed with
    public static MasterKeyProblem anotherKey(Path file, String found, String needed) {
        return new MasterKeyProblem(
                file
                        + " holds the key "
                        + found
                        + ", but the database was sealed with the key "
                        + needed
                        + ". Put the database's own key back from your backup; without it, remove"
                        + " the database and start anew.");
    }
}
