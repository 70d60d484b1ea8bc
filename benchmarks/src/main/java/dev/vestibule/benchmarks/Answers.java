package dev.vestibule.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The answers that are fetched under load: files of bytes that nobody can guess or compress.
final class Answers {

    static final String PREFIX = "/api/benchmark/";

    private static final int SEED = 25;

    private Answers() {}

    /// @param name as in the tables
    /// @param path as in the address
    record Answer(String name, String path, int bytes) {

        byte[] body() {
            byte[] body = new byte[bytes];
            new Random(SEED + bytes).nextBytes(body);
            return body;
        }

        boolean isBody(byte[] received) {
            return Arrays.equals(received, body());
        }
    }

    static final List<Answer> ALL =
            List.of(
                    new Answer("1 KiB", PREFIX + "1k", 1024),
                    new Answer("100 KiB", PREFIX + "100k", 100 * 1024));

    /// Writes them where the home's web server looks for them.
    static void write(Path root) {
        try {
            for (Answer answer : ALL) {
                Path file = root.resolve(answer.path().substring(1));
                Files.createDirectories(file.getParent());
                Files.write(file, answer.body());
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
