package dev.vestibule.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class OwnersFileTest {

    @TempDir private Path directory = Path.of(".");

    private Path file() {
        return directory.resolve("token");
    }

    private Path draft() {
        return directory.resolve("token.new");
    }

    private List<String> names() throws IOException {
        return names(directory);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(each -> String.valueOf(each.getFileName())).sorted().toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aNewFileIsItsOwnersAndHoldsWhatItWasGiven() throws Exception {
        OwnersFile.create(file(), "swördfish\n");

        assertThat(file()).hasContent("swördfish\n");
        assertThat(mode(file())).isEqualTo("rw-------");
        assertThat(names()).containsExactly("token");
    }

    @Test
    void aDraftIsItsOwnersBeforeItIsInItsPlace() throws Exception {
        try (Draft draft = Draft.write(file(), "swordfish")) {
            assertThat(mode(draft())).isEqualTo("rw-------");
            draft.replace();
        }

        assertThat(names()).containsExactly("token");
    }

    @Test
    void anOlderFileThatOthersMayReadIsReplacedByOneThatTheyMayNot() throws Exception {
        Files.writeString(file(), "old");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));

        OwnersFile.replace(file(), "new");

        assertThat(file()).hasContent("new");
        assertThat(mode(file())).isEqualTo("rw-------");
    }

    @Test
    void whatIsThereIsNotOverwrittenByWhatIsToBeNew() throws Exception {
        OwnersFile.create(file(), "old");

        assertThatThrownBy(() -> OwnersFile.create(file(), "new"))
                .isInstanceOf(FileNotWritten.class)
                .hasMessage(file() + " cannot be written: something is there already");
        assertThat(file()).hasContent("old");
        assertThat(names()).containsExactly("token");
    }

    @Test
    void aLinkThatLeadsNowhereIsSomethingToo() throws Exception {
        Files.createSymbolicLink(file(), directory.resolve("elsewhere"));

        assertThatThrownBy(() -> OwnersFile.create(file(), "new"))
                .isInstanceOf(FileNotWritten.class);
        assertThat(names()).containsExactly("token");
        assertThat(file()).isSymbolicLink();
    }

    @Test
    void aLinkIsReplacedAndNotWhatItLeadsTo() throws Exception {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "old");
        Files.createSymbolicLink(file(), elsewhere);

        OwnersFile.replace(file(), "new");

        assertThat(file()).isRegularFile().hasContent("new");
        assertThat(Files.isSymbolicLink(file())).isFalse();
        assertThat(elsewhere).hasContent("old");
    }

    @Test
    void aCrashBeforeTheMoveLeavesTheOldFileAndTheNextWriterTidiesUp() throws Exception {
        OwnersFile.create(file(), "old");
        leaveDraft("half of the n");
        assertThat(file()).hasContent("old");

        OwnersFile.replace(file(), "new");

        assertThat(file()).hasContent("new");
        assertThat(names()).containsExactly("token");
    }

    /// As a process that was killed leaves it: nobody closed it.
    @SuppressWarnings("resource")
    private void leaveDraft(String text) {
        Draft.write(file(), text);
        assertThat(draft()).hasContent(text);
    }

    @Test
    void anOldDraftThatOthersMayReadNeverHoldsTheNewText() throws Exception {
        Files.writeString(draft(), "a longer text than the new one");
        Files.setPosixFilePermissions(draft(), PosixFilePermissions.fromString("rw-rw-rw-"));

        try (var others = Files.newInputStream(draft());
                Draft draft = Draft.write(file(), "new")) {
            assertThat(draft()).hasContent("new");
            assertThat(mode(draft())).isEqualTo("rw-------");
            assertThat(others).hasContent("a longer text than the new one");
            draft.create();
        }
    }

    @Test
    void aLinkAtTheDraftsNameIsNotFollowed() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(draft(), precious);

        OwnersFile.create(file(), "new");

        assertThat(precious).hasContent("precious");
        assertThat(file()).isRegularFile().hasContent("new");
        assertThat(names()).containsExactly("precious", "token");
    }

    @Test
    void aDirectoryAtTheDraftsNameIsToldAndStays() throws Exception {
        Path inside = draft().resolve("something");
        Files.createDirectories(inside);
        Files.writeString(file(), "old");

        assertThatThrownBy(() -> OwnersFile.replace(file(), "new"))
                .isInstanceOf(FileNotWritten.class)
                .hasMessage(file() + " cannot be written: " + draft() + " is in the way");
        assertThat(file()).hasContent("old");
        assertThat(inside).exists();
    }

    @Test
    void aDirectoryInItsPlaceStaysAndNoDraftDoes() throws Exception {
        Files.createDirectories(file().resolve("something"));

        assertThatThrownBy(() -> OwnersFile.replace(file(), "new"))
                .isInstanceOf(FileNotWritten.class)
                .hasMessageStartingWith(file() + " cannot be written: ")
                .hasMessageContaining("directory");
        assertThat(names()).containsExactly("token");
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() {
        Path nowhere = directory.resolve("not/there");

        assertThatThrownBy(() -> OwnersFile.create(nowhere, "new"))
                .isInstanceOf(FileNotWritten.class)
                .hasMessage(
                        nowhere
                                + " cannot be written: the directory "
                                + directory.resolve("not")
                                + " does not exist");
    }

    @Test
    void whereNothingCanBeWrittenTheReasonIsTheSystems() throws Exception {
        Path noDirectory = Files.writeString(directory.resolve("file"), "precious");

        assertThatThrownBy(() -> OwnersFile.replace(noDirectory.resolve("token"), "new"))
                .isInstanceOf(FileNotWritten.class)
                .hasMessageEndingWith("cannot be written: Not a directory");
        assertThat(noDirectory).hasContent("precious");
    }

    @Test
    void aDraftThatNobodyMovedGoes() throws Exception {
        Files.writeString(file(), "old");

        Draft.write(file(), "new").close();

        assertThat(file()).hasContent("old");
        assertThat(names()).containsExactly("token");
    }

    /// An archive knows no owners, as some disks do not.
    @Test
    void aFileSystemWithoutPermissionsGetsNothing() throws Exception {
        try (FileSystem archive =
                FileSystems.newFileSystem(
                        directory.resolve("archive.zip"), Map.of("create", "true"))) {
            Path inside = archive.getPath("/token");

            assertThatThrownBy(() -> OwnersFile.create(inside, "swordfish"))
                    .isInstanceOf(FileNotWritten.class)
                    .hasMessage(
                            "/token cannot be written: its file system does not keep others from"
                                    + " reading it");
            assertThat(names(archive.getPath("/"))).isEmpty();
        }
    }

    @Test
    void theTextIsInNoMessage() {
        assertThatThrownBy(() -> OwnersFile.create(directory.resolve("not/there"), "swordfish"))
                .hasMessageNotContaining("swordfish")
                .hasRootCauseMessage(directory.resolve("not/there.new").toString());
    }

    @Test
    void whatIsDeletedIsGoneWithTheDraftThatACrashLeft() throws Exception {
        OwnersFile.create(file(), "old");
        Files.writeString(draft(), "swordfish");

        OwnersFile.delete(file());

        assertThat(names()).isEmpty();
        OwnersFile.delete(file());
    }
}
