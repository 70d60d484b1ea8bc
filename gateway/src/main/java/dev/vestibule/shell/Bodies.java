package dev.vestibule.shell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bodies of entries as they are sent: small ones in a bounded part of the heap, large ones
/// mapped from disk. However many slow readers a large file has, it is mapped once and costs no
/// heap; a mapping outlives the file, and ends when nobody holds it any more. Safe to share between
/// threads.
final class Bodies {

    private final int heapEntryBytesMax;
    private final Cache<Path, byte[]> small;
    private final Cache<Path, ByteBuffer> mapped;

    Bodies(ShellLimits limits) {
        this.heapEntryBytesMax = limits.memoryEntryBytesMax();
        this.small =
                Caffeine.newBuilder()
                        .maximumWeight(limits.memoryBytesMax())
                        .weigher((Path _, byte[] body) -> body.length)
                        .build();
        // The system allows some 65,000 mappings in a process.
        this.mapped = Caffeine.newBuilder().maximumSize(limits.entriesMax()).build();
    }

    ByteBuffer of(CachedFile entry) {
        ByteBuffer body =
                entry.length() <= heapEntryBytesMax
                        ? ByteBuffer.wrap(small.get(entry.file(), _ -> read(entry)))
                        : mapped.get(entry.file(), _ -> map(entry)).duplicate();
        return body.asReadOnlyBuffer();
    }

    void forget(CachedFile entry) {
        small.invalidate(entry.file());
        mapped.invalidate(entry.file());
    }

    private static byte[] read(CachedFile entry) {
        try (InputStream in = Files.newInputStream(entry.file())) {
            return in.readNBytes(Math.toIntExact(entry.length()));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + entry.file(), failed);
        }
    }

    private static ByteBuffer map(CachedFile entry) {
        try (FileChannel file = FileChannel.open(entry.file(), StandardOpenOption.READ)) {
            return file.map(MapMode.READ_ONLY, 0, entry.length());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot map " + entry.file(), failed);
        }
    }
}
