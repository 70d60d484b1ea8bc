package dev.vestibule.testhouse.home;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// Content codings, in the order in which Home Assistant prefers them for what it renders.
enum Compression {
    DEFLATE {
        @Override
        OutputStream over(OutputStream target) {
            return new DeflaterOutputStream(target);
        }
    },
    GZIP {
        @Override
        OutputStream over(OutputStream target) throws IOException {
            return new GZIPOutputStream(target);
        }
    };

    abstract OutputStream over(OutputStream target) throws IOException;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Compression> preferred(String acceptEncoding) {
        String accepted = acceptEncoding.toLowerCase(Locale.ROOT);
        for (Compression one : values()) {
            if (accepted.contains(one.wireName())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    byte[] compress(byte[] body) {
        var compressed = new ByteArrayOutputStream();
        try (var stream = over(compressed)) {
            stream.write(body);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return compressed.toByteArray();
    }
}
