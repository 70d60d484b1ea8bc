package dev.vestibule.shell;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One representation of one document, as it lies on disk. Immutable.
///
/// @param key which document, asked for in which encoding
/// @param headers what of Home Assistant's headers is kept, the encoding of the body among them
/// @param digest SHA-256 of the body, in hexadecimal
/// @param length of the body
/// @param fetchedAt when Home Assistant gave it
/// @param file holds the body from its first byte
record CachedFile(
        Representation key,
        List<Header> headers,
        String digest,
        long length,
        Instant fetchedAt,
        Path file) {

    CachedFile {
        headers = List.copyOf(headers);
    }

    CachedFile movedTo(Path place) {
        return new CachedFile(key, headers, digest, length, fetchedAt, place);
    }

    Optional<String> header(String name) {
        return new Headers(headers).all(name).stream().findFirst();
    }

    boolean hasSameContent(CachedFile other) {
        return digest.equals(other.digest) && headers.equals(other.headers);
    }
}
