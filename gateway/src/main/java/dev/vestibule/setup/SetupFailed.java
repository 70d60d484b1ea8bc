package dev.vestibule.setup;

import java.nio.file.Path;

/// The files of a set-up cannot be written. The message is a sentence for the operator, without
/// secrets.
public final class SetupFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Reason {
        /// The directory is not there, or closed to us.
        NO_ROOM,
        /// Something is there that was not to be replaced.
        EXISTS,
        /// The disk, or a right that is missing.
        NOT_WRITTEN
    }

    private final Reason reason;

    SetupFailed(Reason reason, Path file, String detail) {
        super(sentence(reason, file, detail));
        this.reason = reason;
    }

    private static String sentence(Reason reason, Path file, String detail) {
        return switch (reason) {
            case NO_ROOM ->
                    "The directory "
                            + file
                            + " does not exist or cannot be written. Make it first.";
            case EXISTS -> file + " exists already.";
            case NOT_WRITTEN ->
                    file
                            + " cannot be written: "
                            + detail
                            + ". Make room and run setup again; remove the token '"
                            + AdministratorSignIn.TOKEN_NAME
                            + "' from your profile in Home Assistant.";
        };
    }

    public Reason reason() {
        return reason;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
