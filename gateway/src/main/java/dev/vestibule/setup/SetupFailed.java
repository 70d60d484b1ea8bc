package dev.vestibule.setup;

import dev.vestibule.file.FileNotWritten;
import dev.vestibule.http.Language;
import dev.vestibule.http.Messages;
import dev.vestibule.http.Text;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final transient Text what;

    /// Nothing where nothing was made that nobody has now.
    private final transient Text orphan;

    private SetupFailed(Reason reason, Text what, Text orphan) {
        super(said(what, orphan).in(Language.ENGLISH));
        this.reason = reason;
        this.what = what;
        this.orphan = orphan;
    }

    private static Text said(Text what, Text orphan) {
        return isNothing(orphan) ? what : Messages.text("setup.failed.both", what, orphan);
    }

    private static boolean isNothing(Text text) {
        return text.equals(Text.nothing());
    }

    static SetupFailed noRoom(Path directory) {
        return new SetupFailed(
                Reason.NO_ROOM,
                Messages.text("setup.failed.no-room", directory.toString()),
                Text.nothing());
    }

    static SetupFailed exists(Path file) {
        return new SetupFailed(
                Reason.EXISTS,
                Messages.text("setup.failed.exists", file.toString()),
                Text.nothing());
    }

    static SetupFailed notWritten(FileNotWritten problem) {
        return new SetupFailed(
                Reason.NOT_WRITTEN,
                Messages.text("setup.failed.not-written", String.valueOf(problem.getMessage())),
                Text.nothing());
    }

    static SetupFailed notReadBack(String problems) {
        return new SetupFailed(
                Reason.NOT_READ_BACK,
                Messages.text("setup.failed.not-read-back", problems),
                Text.nothing());
    }

    /// The same, after the token was made, which nobody has now.
    SetupFailed after(String tokenName) {
        return new SetupFailed(reason, what, Messages.text("setup.failed.orphan", tokenName));
    }

    public Reason reason() {
        return reason;
    }

    /// For a page.
    public Text text() {
        return said(what, orphan);
    }

    /// For the terminal.
    ///
    /// @param more what else helps where this was asked; the empty text for nothing
    public String sentence(String more) {
        return Stream.of(what.in(Language.ENGLISH), more, orphan.in(Language.ENGLISH))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
