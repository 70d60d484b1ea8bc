package dev.vestibule.testhouse.home;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// A user name and a password of the `homeassistant` provider, usually linked to a user.
final class Credential {

    /// bcrypt reads no more.
    static final int PASSWORD_BYTES_READ = 72;

    private String username;
    private byte[] password;
    private @Nullable User user;
    private boolean isNew = true;

    Credential(String username, String password) {
        this.username = username;
        this.password = readPart(password);
    }

    String username() {
        return username;
    }

    void rename(String newUsername) {
        username = newUsername;
    }

    boolean opensWith(String attempt) {
        return MessageDigest.isEqual(password, readPart(attempt));
    }

    void changePassword(String next) {
        password = readPart(next);
    }

    Optional<User> user() {
        return Optional.ofNullable(user);
    }

    /// Whether it was never linked to a user; signing in with such a one makes an administrator.
    boolean isNew() {
        return isNew;
    }

    void link(User owner) {
        user = owner;
        isNew = false;
    }

    void unlink() {
        user = null;
    }

    private static byte[] readPart(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return bytes.length > PASSWORD_BYTES_READ
                ? Arrays.copyOf(bytes, PASSWORD_BYTES_READ)
                : bytes;
    }
}
