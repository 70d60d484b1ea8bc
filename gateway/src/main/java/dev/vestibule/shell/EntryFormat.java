package dev.vestibule.shell;

import dev.vestibule.http.Headers.Header;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// How an entry lies in one file: the body, then what is known of it, then the length and checksum
/// of that and a mark. One file, so that the two never part; the body first, so that it is mapped
/// from the file's start.
final class EntryFormat {

    private static final long MARK = 0x56_45_53_54_53_48_45_31L;
    private static final int TRAILER_BYTES = Integer.BYTES + Long.BYTES + Long.BYTES;
    private static final int NOTES_BYTES_MAX = 128 << 10;
    private static final int HEADERS_MAX = 32;

    private EntryFormat() {}

    /// Adds to a file that holds the body what is known of it.
    static void seal(CachedFile entry) throws IOException {
        byte[] notes = notes(entry);
        ByteArrayOutputStream end = new ByteArrayOutputStream(notes.length + TRAILER_BYTES);
        DataOutputStream out = new DataOutputStream(end);
        out.write(notes);
        out.writeInt(notes.length);
        out.writeLong(checksum(notes));
        out.writeLong(MARK);
        Files.write(entry.file(), end.toByteArray(), StandardOpenOption.APPEND);
    }

    private static byte[] notes(CachedFile entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(entry.key().path());
        out.writeUTF(entry.key().encoding().token());
        out.writeUTF(entry.digest());
        out.writeLong(entry.length());
        out.writeLong(entry.fetchedAt().toEpochMilli());
        out.writeInt(entry.headers().size());
        for (Header header : entry.headers()) {
            out.writeUTF(header.name());
            out.writeUTF(header.value());
        }
        return bytes.toByteArray();
    }

    /// Reads what is known of an entry, not its body; empty where the file is not whole.
    static Optional<CachedFile> read(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long trailer = in.length() - TRAILER_BYTES;
            if (trailer < 0) {
                return Optional.empty();
            }
            in.seek(trailer);
            int length = in.readInt();
            long checksum = in.readLong();
            boolean isMarked = in.readLong() == MARK;
            if (!isMarked || length < 0 || length > Math.min(NOTES_BYTES_MAX, trailer)) {
                return Optional.empty();
            }
            byte[] notes = new byte[length];
            in.seek(trailer - length);
            in.readFully(notes);
            return checksum(notes) == checksum
                    ? parse(notes, file).filter(entry -> entry.length() == trailer - length)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<CachedFile> parse(byte[] notes, Path file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(notes));
        String path = in.readUTF();
        String token = in.readUTF();
        String digest = in.readUTF();
        long length = in.readLong();
        Instant fetchedAt = Instant.ofEpochMilli(in.readLong());
        int count = in.readInt();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < Math.min(count, HEADERS_MAX); i++) {
            headers.add(new Header(in.readUTF(), in.readUTF()));
        }
        return encoding(token)
                .map(
                        e ->
                                new CachedFile(
                                        new Representation(path, e),
                                        headers,
                                        digest,
                                        length,
                                        fetchedAt,
                                        file));
    }

    private static Optional<ContentEncoding> encoding(String token) {
        return List.of(ContentEncoding.values()).stream()
                .filter(encoding -> encoding.token().equals(token))
                .findFirst();
    }

    private static long checksum(byte[] notes) {
        CRC32 crc = new CRC32();
        crc.update(notes);
        return crc.getValue();
    }
}
