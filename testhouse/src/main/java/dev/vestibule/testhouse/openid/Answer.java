package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// One answer of the provider. Immutable; the `with` methods return another one.
final class Answer {

    /// More than any honest document has.
    static final int HUGE_BYTES = 5_000_000;

    private static final int BOMB_BYTES = 64_000_000;

    /// How the body leaves.
    enum Pace {
        AT_ONCE,
        /// One byte at a time.
        DRIPPING
    }

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final Pace pace;

    private Answer(int status, List<Map.Entry<String, String>> headers, byte[] body, Pace pace) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.pace = pace;
    }

    static Answer of(int status, String contentType, String body) {
        return new Answer(
                status,
                List.of(Map.entry("Content-Type", contentType)),
                body.getBytes(StandardCharsets.UTF_8),
                Pace.AT_ONCE);
    }

    static Answer json(int status, ObjectNode body) {
        return of(status, "application/json", Json.write(body));
    }

    static Answer html(int status, String page) {
        return of(status, "text/html;charset=utf-8", page);
    }

    static Answer redirect(int status, String location) {
        return new Answer(
                status, List.of(Map.entry("Location", location)), new byte[0], Pace.AT_ONCE);
    }

    /// A page where a program expected JSON.
    static Answer page(int status) {
        return html(
                status, "<!DOCTYPE html><title>Please wait</title><p>We will be back soon.</p>");
    }

    Answer with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Answer(status, more, body, pace);
    }

    /// RFC 6749 section 5.1: what carries tokens is not stored.
    Answer unstored() {
        return with("Cache-Control", "no-store");
    }

    Answer dripping() {
        return new Answer(status, headers, body, Pace.DRIPPING);
    }

    /// The same body, compressed together with white space that JSON allows at its end.
    Answer asGzipBomb() {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
            byte[] spaces = " ".repeat(64_000).getBytes(StandardCharsets.US_ASCII);
            for (int written = 0; written < BOMB_BYTES; written += spaces.length) {
                gzip.write(spaces);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return new Answer(status, headers, compressed.toByteArray(), pace)
                .with("Content-Encoding", "gzip");
    }

    /// Makes a JSON object longer than anybody should read.
    static ObjectNode padded(ObjectNode node) {
        return node.put("padding", "x".repeat(HUGE_BYTES));
    }

    int status() {
        return status;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    Pace pace() {
        return pace;
    }
}
