package dev.vestibule.doctor;

import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Wrong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether the gateway can write where it keeps its data, and has room there. It is tried with an
/// empty file, because permissions alone do not tell (a file system may be mounted read-only).
final class DataDirectoryCheck implements Check {

    private static final long FREE_BYTES_MIN = 100L << 20;

    private final Path directory;
    private final long freeBytesMin;

    DataDirectoryCheck(Path directory) {
        this(directory, FREE_BYTES_MIN);
    }

    /// Tests have no small disk at hand.
    DataDirectoryCheck(Path directory, long freeBytesMin) {
        this.directory = directory.toAbsolutePath();
        this.freeBytesMin = freeBytesMin;
    }

    @Override
    public List<Finding> look() {
        Path existing = existing();
        try {
            Files.delete(Files.createTempFile(existing, "vestibule-doctor", ""));
            return List.of(room(Files.getFileStore(existing).getUsableSpace()));
        } catch (IOException refused) {
            return List.of(
                    new Wrong(
                            Cause.DATA_DIRECTORY,
                            directory.toString(),
                            "Nothing can be written in "
                                    + existing
                                    + ": "
                                    + refused.getClass().getSimpleName()
                                    + "."));
        }
    }

    /// A directory that is not there yet is made by the gateway.
    private Path existing() {
        return Stream.iterate(Optional.of(directory), at -> at.map(Path::getParent))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .filter(Files::exists)
                .findFirst()
                .orElse(directory);
    }

    private Finding room(long freeBytes) {
        String free = (freeBytes >> 20) + " MiB free";
        return freeBytes < freeBytesMin
                ? new Wrong(Cause.DISK, directory.toString(), "It has only " + free + ".")
                : new Fine(directory.toString(), "can be written, " + free);
    }
}
