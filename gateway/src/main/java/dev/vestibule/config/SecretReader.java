package dev.vestibule.config;

import dev.vestibule.secret.Secret;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads secrets: either in place, or from a file whose path the key with `-file` behind it gives.
final class SecretReader {

    private static final Pattern LINE_END = Pattern.compile("\\R\\z");

    private final TextFiles files;

    SecretReader(TextFiles files) {
        this.files = files;
    }

    /// A secret of one line, such as a token or a password.
    Optional<Secret> line(Section section, String key) {
        return read(section, key)
                .filter(
                        located -> {
                            boolean isOneLine =
                                    !located.value().isBlank()
                                            && located.value()
                                                    .chars()
                                                    .noneMatch(Character::isISOControl);
                            if (!isOneLine) {
                                section.problem(
                                        located.path(),
                                        "This is empty or has more than one line. Write the secret"
                                                + " alone, on one line.");
                            }
                            return isOneLine;
                        })
                .map(located -> new Secret(located.value()));
    }

    /// A secret of several lines, such as a private key.
    Optional<Secret> lines(Section section, String key) {
        return read(section, key).map(located -> new Secret(located.value()));
    }

    boolean isGiven(Section section, String key) {
        boolean isInPlace = section.has(key);
        boolean isInFile = section.has(key + "-file");
        return isInPlace || isInFile;
    }

    /// The secret's text, with the key that gave it as its path.
    private Optional<Located<String>> read(Section section, String key) {
        String fileKey = key + "-file";
        boolean isInPlace = section.has(key);
        boolean isInFile = section.has(fileKey);
        if (isInPlace && isInFile) {
            section.problem(fileKey, "'" + key + "' is given as well. Keep one of the two.");
        }
        if (isInPlace) {
            if (section.isWrittenOut(key)) {
                files.warnIfOthersReadTheConfiguration(section, key);
            }
            return section.find(key, Parsed.Good::new)
                    .map(text -> new Located<>(text, section.lineOf(key), key));
        }
        Path directory = section.reading().directory();
        return section.find(fileKey, Formats.path(directory))
                .flatMap(file -> files.readSecret(section, fileKey, file))
                .map(text -> LINE_END.matcher(text).replaceFirst(""))
                .map(text -> new Located<>(text, section.lineOf(fileKey), fileKey));
    }
}
