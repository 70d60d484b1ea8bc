package dev.vestibule.testhouse.home;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Files that lie beside the classes.
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) {
        try (var stream = Resources.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the file is missing: " + name);
            }
            return stream.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
