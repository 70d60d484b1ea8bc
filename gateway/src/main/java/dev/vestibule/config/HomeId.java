package dev.vestibule.config;

import java.util.regex.Pattern;

/// The short name of a home, as the configuration gives it: lower-case letters, digits and dashes.
/// It is also the home's key in the store, so it must not change once the home is in use.
public record HomeId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public HomeId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a home's name has up to 32 lower-case letters, digits and dashes");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
