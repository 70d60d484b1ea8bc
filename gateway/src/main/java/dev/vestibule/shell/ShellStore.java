package dev.vestibule.shell;

import dev.vestibule.http.Headers.Header;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The copies on disk, bounded in bytes and number; the one that was used longest ago goes first.
/// Survives a restart; a file that is not whole is as good as none. Safe to share between threads;
/// one process owns the directory.
final class ShellStore {

    private static final Logger LOG = LoggerFactory.getLogger(ShellStore.class);

    private static final String ENTRY = ".entry";
    private static final String PART = ".part";

    private final InstantSource time;
    private final Path directory;
    private final ShellLimits limits;
    private final Map<Representation, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final DoomedFiles doomed = new DoomedFiles();
    private final Bodies bodies;
    private long bytes;
    private long sequence;
    private int generation;

    /// @throws UncheckedIOException where the directory cannot be made or read
    ShellStore(InstantSource time, Path directory, ShellLimits limits) {
        this.time = time;
        this.directory = directory;
        this.limits = limits;
        this.bodies = new Bodies(limits);
        load();
    }

    /// An entry with what this process has learned of it.
    private static final class Slot {
        private final CachedFile file;
        private Instant validatedAt;
        private int validatedIn;
        private boolean isVerified;

        Slot(CachedFile file, int generation, boolean isVerified) {
            this.file = file;
            this.validatedAt = file.fetchedAt();
            this.validatedIn = generation;
            this.isVerified = isVerified;
        }

        Found found(int generation) {
            return new Found(file, validatedAt, validatedIn == generation);
        }
    }

    /// @param validatedAt when Home Assistant last said that this is the current one
    /// @param isCurrent whether it was this Home Assistant that said so, and not the one before an
    ///   update
    record Found(CachedFile file, Instant validatedAt, boolean isCurrent) {}

    private synchronized void load() {
        for (Path file : filesInOrder()) {
            Optional<CachedFile> entry = EntryFormat.read(file);
            if (entry.isPresent()) {
                sequence = Math.max(sequence, number(file));
                replace(new Slot(entry.get(), generation, false));
            } else {
                LOG.warn("event=shell-entry-dropped reason=not-whole file={}", file.getFileName());
                DoomedFiles.delete(file);
            }
        }
        evict();
        doomed.deleteAll();
    }

    /// The entries, the oldest first; what a crash left half-written is deleted.
    private List<Path> filesInOrder() {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> found = Files.list(directory)) {
                List<Path> files = found.sorted().toList();
                files.stream().filter(file -> hasEnding(file, PART)).forEach(DoomedFiles::delete);
                return files.stream().filter(file -> number(file) > 0).toList();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot use the directory " + directory, unreadable);
        }
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.toString().endsWith(ending);
    }

    /// The number in an entry's name, or zero where the name is none of ours.
    private static long number(Path file) {
        String name = file.getName(file.getNameCount() - 1).toString();
        return name.matches("[0-9]{15}\\.entry") ? Long.parseLong(name.substring(0, 15)) : 0;
    }

    /// A fresh place for a body that is being fetched.
    synchronized Path newPart() {
        sequence++;
        return directory.resolve("%015d%s".formatted(sequence, PART));
    }

    /// Makes an entry of a body that lies in a part of [#newPart()]; nobody sees it yet.
    ///
    /// @throws UncheckedIOException where the disk fails
    CachedFile seal(Representation key, List<Header> headers, Path part) {
        try {
            long length = Files.size(part);
            CachedFile sealed =
                    new CachedFile(
                            key, headers, digest(part, length), length, time.instant(), part);
            EntryFormat.seal(sealed);
            return sealed;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write to " + directory, failed);
        }
    }

    /// Shows a sealed entry in the place of an older one; what is the same is not written again.
    ///
    /// @throws UncheckedIOException where the disk fails
    synchronized Found keep(CachedFile sealed) {
        Slot known = slots.get(sealed.key());
        if (known != null && known.file.hasSameContent(sealed)) {
            known.validatedAt = sealed.fetchedAt();
            known.validatedIn = generation;
            return known.found(generation);
        }
        CachedFile entry = sealed.movedTo(entryOf(sealed.file()));
        try {
            Files.move(sealed.file(), entry.file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write to " + directory, failed);
        }
        Slot slot = new Slot(entry, generation, true);
        replace(slot);
        evict();
        return slot.found(generation);
    }

    private Path entryOf(Path part) {
        String name = part.getName(part.getNameCount() - 1).toString();
        return directory.resolve(name.replace(PART, ENTRY));
    }

    private void replace(Slot slot) {
        Slot before = slots.put(slot.file.key(), slot);
        bytes += slot.file.length();
        if (before != null) {
            discard(before);
        }
    }

    private void evict() {
        Iterator<Slot> eldest = slots.values().iterator();
        while (bytes > limits.diskBytesMax() || slots.size() > limits.entriesMax()) {
            discard(eldest.next());
            eldest.remove();
        }
        doomed.deleteDue(time.instant());
    }

    private void discard(Slot slot) {
        bytes -= slot.file.length();
        bodies.forget(slot.file);
        doomed.add(slot.file.file(), time.instant());
    }

    /// A copy whose bytes are proven whole, once in the life of the process.
    Optional<Found> find(Representation key) {
        Slot slot;
        synchronized (this) {
            slot = slots.get(key);
            if (slot == null) {
                return Optional.empty();
            }
            if (slot.isVerified) {
                return Optional.of(slot.found(generation));
            }
        }
        return verified(slot);
    }

    private Optional<Found> verified(Slot slot) {
        boolean isWhole;
        try {
            isWhole = digest(slot.file.file(), slot.file.length()).equals(slot.file.digest());
        } catch (IOException unreadable) {
            isWhole = false;
        }
        synchronized (this) {
            slot.isVerified = isWhole;
            if (isWhole) {
                return Optional.of(slot.found(generation));
            }
        }
        LOG.warn("event=shell-entry-dropped reason=corrupt path={}", slot.file.key().path());
        removeIfStill(slot);
        return Optional.empty();
    }

    private synchronized void removeIfStill(Slot slot) {
        if (slots.remove(slot.file.key(), slot)) {
            discard(slot);
        }
    }

    /// Home Assistant has said that the copy is the current one.
    synchronized void validated(CachedFile file) {
        Slot slot = slots.get(file.key());
        if (slot != null && slot.file.equals(file)) {
            slot.validatedAt = time.instant();
            slot.validatedIn = generation;
        }
    }

    /// Home Assistant is another one now: every copy is to be asked for again.
    synchronized void startAfresh() {
        generation++;
    }

    synchronized void remove(Representation key) {
        Slot slot = slots.remove(key);
        if (slot != null) {
            discard(slot);
        }
    }

    synchronized List<CachedFile> all() {
        return new ArrayList<>(slots.values()).stream().map(slot -> slot.file).toList();
    }

    /// The body, read-only; a large one is mapped.
    ///
    /// @throws UncheckedIOException where the disk fails
    ByteBuffer body(CachedFile entry) {
        return bodies.of(entry);
    }

    private static String digest(Path file, long length) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[32 << 10];
        long left = length;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
