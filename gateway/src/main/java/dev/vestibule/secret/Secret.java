package dev.vestibule.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Text that must not appear in logs, pages or errors. It prints as `[secret]`; [#reveal()] is the
/// only way to its value. Immutable; comparing two takes the same time wherever they differ.
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /// The value itself. Every call of this method is a place to look at twice.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
