package dev.vestibule.shell;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// Files that nobody finds any more, kept for a little longer: an answer may be about to open one.
/// Not safe to share between threads; the store guards it.
final class DoomedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DoomedFiles.class);

    private static final Duration DELAY = Duration.ofMinutes(2);
    private static final int FILES_MAX = 1_000;

    private final Deque<Doomed> files = new ArrayDeque<>();

    private record Doomed(Path file, Instant since) {}

    void add(Path file, Instant now) {
        files.addLast(new Doomed(file, now));
    }

    void deleteDue(Instant now) {
        while (!files.isEmpty()
                && (files.size() > FILES_MAX
                        || !Freshness.isWithin(files.getFirst().since(), DELAY, now))) {
            delete(files.removeFirst().file());
        }
    }

    void deleteAll() {
        while (!files.isEmpty()) {
            delete(files.removeFirst().file());
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.warn("event=shell-file-not-deleted file={}", file.getFileName(), failed);
        }
    }
}
