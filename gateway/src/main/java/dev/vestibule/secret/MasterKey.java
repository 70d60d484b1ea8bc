package dev.vestibule.secret;

import dev.vestibule.file.FileNotWritten;
import dev.vestibule.file.OwnersFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/// The key that seals everything in the database that must be read again. It lives in a file of its
/// own, outside the database, readable by its owner only. Immutable.
public final class MasterKey {

    private static final int LENGTH = 32;

    private final String id;
    private final byte[] bytes;

    private MasterKey(String id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /// The first eight hexadecimal digits of the key's SHA-256: tells keys apart, reveals none.
    public String id() {
        return id;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }

    static MasterKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a master key has " + LENGTH + " bytes");
        }
        String id = HexFormat.of().formatHex(TokenHash.sha256(bytes), 0, 4);
        return new MasterKey(id, bytes.clone());
    }

    /// Reads the key, or makes one where nothing is there yet.
    ///
    /// @param mayCreate false where a database already exists: its sealed values need the key that
    ///   sealed them, and a fresh key would only hide the loss
    /// @throws MasterKeyProblem with what is wrong and what to do
    /// @throws FileNotWritten where there is no room for a new one
    /// @throws UncheckedIOException where it cannot be read
    public static MasterKey load(Path file, boolean mayCreate, Secrets secrets) {
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            if (!mayCreate) {
                throw new MasterKeyProblem(
                        file
                                + " is missing, but the database beside it was sealed with it."
                                + " Put the key back from your backup; without it, remove the"
                                + " database and start anew.");
            }
            return create(file, secrets);
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    file + " cannot be read: " + problem.getMessage(), problem);
        }
    }

    private static MasterKey read(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!PosixFilePermissions.fromString("rw-------").containsAll(permissions)) {
            throw new MasterKeyProblem(
                    file
                            + " can be read by others ("
                            + PosixFilePermissions.toString(permissions)
                            + "). Run: chmod 600 "
                            + file);
        }
        try {
            return of(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IllegalArgumentException unreadable) {
            throw new MasterKeyProblem(
                    file + " does not hold a master key: 32 bytes in base64 are expected.");
        }
    }

    /// It is on the disk before anything is sealed with it: a lost key would lock its owner out.
    private static MasterKey create(Path file, Secrets secrets) {
        MasterKey key = of(secrets.randomBytes(LENGTH));
        OwnersFile.create(file, Base64.getEncoder().encodeToString(key.bytes()) + "\n");
        return key;
    }
}
