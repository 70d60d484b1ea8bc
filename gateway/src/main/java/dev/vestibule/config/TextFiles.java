package dev.vestibule.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Reads the files that a configuration consists of: small ones, as UTF-8, and with an eye on who
/// else may read them.
final class TextFiles {

    private static final int CONFIG_BYTES_MAX = 1 << 20;
    private static final int SECRET_BYTES_MAX = 1 << 16;
    private static final Set<PosixFilePermission> TOO_OPEN =
            PosixFilePermissions.fromString("----w-rwx");

    private final Path configuration;

    TextFiles(Path configuration) {
        this.configuration = configuration;
    }

    Parsed<String> readConfiguration() {
        return read(configuration, CONFIG_BYTES_MAX);
    }

    Optional<String> readSecret(Section section, String key, Path file) {
        warnIfOpen(section, key, file, "It holds a secret");
        return readReferred(section, key, file);
    }

    /// A file that a key names; empty where it cannot be read, with the problem among the findings.
    Optional<String> readReferred(Section section, String key, Path file) {
        return switch (read(file, SECRET_BYTES_MAX)) {
            case Parsed.Good<String>(var text) -> Optional.of(text);
            case Parsed.Bad<String>(var sentence) -> {
                section.problem(key, sentence);
                yield Optional.empty();
            }
        };
    }

    void warnIfOthersReadTheConfiguration(Section section, String key) {
        warnIfOpen(section, key, configuration, "This secret stands in the file itself");
    }

    void warnIfOpen(Section section, String key, Path file, String why) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(TOO_OPEN::contains)) {
                section.warning(
                        key,
                        why
                                + ", and others may read or change "
                                + file
                                + " ("
                                + PosixFilePermissions.toString(permissions)
                                + "). Run: chmod 600 "
                                + file);
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            // A missing file is told where it is read; a file system without permissions has none.
        }
    }

    /// A file that is named in the configuration, whoever asks.
    static Parsed<String> read(Path file) {
        return read(file, SECRET_BYTES_MAX);
    }

    private static Parsed<String> read(Path file, int bytesMax) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                return new Parsed.Bad<>(
                        file + " is larger than " + bytesMax + " bytes. Is it the right file?");
            }
            return new Parsed.Good<>(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (NoSuchFileException missing) {
            return new Parsed.Bad<>(file + " does not exist. Check the path.");
        } catch (CharacterCodingException binary) {
            return new Parsed.Bad<>(file + " is not UTF-8 text. Save it as UTF-8.");
        } catch (IOException unreadable) {
            return new Parsed.Bad<>(
                    file
                            + (Files.isDirectory(file)
                                    ? " is a directory. Name a file."
                                    : " cannot be read. Check who may read it."));
        }
    }
}
