package dev.vestibule.tenant;

import java.util.regex.Pattern;

/// What an operator calls a SCIM client: up to 32 lower-case letters, digits and dashes. It stands
/// in lists, log lines and commands.
public record TenantName(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public TenantName {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not the name of a SCIM client");
        }
    }

    /// Whether a text may be a name.
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
