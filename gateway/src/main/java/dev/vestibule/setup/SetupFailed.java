package dev.vestibule.setup;

import dev.vestibule.file.FileNotWritten;

import java.nio.file.Path;

/// The files of a set-up cannot be written. The message is sentences for the operator, without
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
        NOT_WRITTEN,
        /// What would be written could not be read again.
        NOT_READ_BACK
    }

    private final Reason reason;
    private final String what;
    private final String orphan;

    private SetupFailed(Reason reason, String what, String orphan) {
        super(what + orphan);
        this.reason = reason;
        this.what = what;
        this.orphan = orphan;
    }

    static SetupFailed noRoom(Path directory) {
        return new SetupFailed(
                Reason.NO_ROOM,
                "The directory "
                        + directory
                        + " does not exist or cannot be written. Make it first.",
                "");
    }

    static SetupFailed exists(Path file) {
        return new SetupFailed(Reason.EXISTS, file + " exists already. Move it away.", "");
    }

    static SetupFailed notWritten(FileNotWritten problem) {
        return new SetupFailed(
                Reason.NOT_WRITTEN, problem.getMessage() + ". Mend that and try again.", "");
    }

    static SetupFailed notReadBack(String problems) {
        return new SetupFailed(
                Reason.NOT_READ_BACK,
                "What was answered makes no configuration. Change the answer that is named here: "
                        + problems,
                "");
    }

    /// The same, after the token was made, which nobody has now.
    SetupFailed after(String tokenName) {
        return new SetupFailed(
                reason,
                what,
                " Remove the token '" + tokenName + "' from your profile in Home Assistant.");
    }

    public Reason reason() {
        return reason;
    }

    public String sentence() {
        return sentence("");
    }

    /// @param more what else helps where this was asked; the empty text for nothing
    public String sentence(String more) {
        return what + (more.isEmpty() ? "" : " " + more) + orphan;
    }
}
