package dev.vestibule.shell;

import dev.vestibule.shell.ShellStore.Found;
import dev.vestibule.shell.ShellTarget.Asset;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/// The names in the cached documents, always those that can be reached from the index: after an
/// update of Home Assistant, what only the old index named is forgotten. Safe to share between
/// threads; a restart reads the documents in the background, and whoever asks for a name waits.
final class ShellIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShellIndex.class);

    private final ShellStore store;
    private final ShellLimits limits;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("shell-names").factory());
    private volatile NamedPaths names;

    ShellIndex(ShellStore store, ShellLimits limits) {
        this.store = store;
        this.limits = limits;
        this.names = new NamedPaths(limits.namesMax());
        rebuildLater();
    }

    boolean names(Asset asset) {
        awaitReady();
        return names.names(asset);
    }

    private void awaitReady() {
        try {
            boolean isReady = ready.await(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
            if (!isReady) {
                LOG.warn("event=shell-names-late");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether a document names others in an encoding that we cannot read.
    boolean needsTwin(CachedFile file) {
        return DocumentKind.names(file.key().path()) && !isReadable(file);
    }

    private static boolean isReadable(CachedFile file) {
        return switch (file.header("content-encoding").orElse("identity")) {
            case "identity", "gzip" -> true;
            default -> false;
        };
    }

    /// Reads a document that was just fetched, and then shows it.
    synchronized Found keep(CachedFile fresh) {
        String path = fresh.key().path();
        if (DocumentKind.names(path) && isReadable(fresh) && isReached(path, names)) {
            scan(fresh, names);
        }
        return store.keep(fresh);
    }

    /// Reads the documents anew in the background: the index has changed.
    void rebuildLater() {
        try {
            reader.execute(this::rebuild);
        } catch (RejectedExecutionException closing) {
            LOG.debug("event=shell-names-not-read reason=closing");
        }
    }

    /// Reads every cached document that can be reached from those with fixed paths, and forgets the
    /// rest.
    private synchronized void rebuild() {
        try {
            names = reachable();
        } finally {
            ready.countDown();
        }
    }

    private NamedPaths reachable() {
        NamedPaths fresh = new NamedPaths(limits.namesMax());
        List<CachedFile> unread = new ArrayList<>();
        for (CachedFile file : store.all()) {
            if (DocumentKind.names(file.key().path()) && isReadable(file)) {
                unread.add(file);
            }
        }
        boolean isGrowing = true;
        while (isGrowing) {
            List<CachedFile> reached =
                    unread.stream().filter(file -> isReached(file.key().path(), fresh)).toList();
            reached.forEach(file -> scan(file, fresh));
            unread.removeAll(reached);
            isGrowing = !reached.isEmpty() && !Thread.currentThread().isInterrupted();
        }
        return fresh;
    }

    private static boolean isReached(String path, NamedPaths names) {
        int slash = path.lastIndexOf('/');
        Asset asset = new Asset(path.substring(0, slash + 1), path.substring(slash + 1));
        return slash == 0 || names.names(asset);
    }

    private void scan(CachedFile file, NamedPaths into) {
        try (InputStream body = new BufferedInputStream(Files.newInputStream(file.file()));
                InputStream text = decoded(file, new LimitedInput(body, file.length()))) {
            new NameScanner(into).scan(text);
        } catch (IOException unreadable) {
            LOG.warn("event=shell-document-unreadable path={}", file.key().path(), unreadable);
        }
    }

    private static InputStream decoded(CachedFile file, InputStream body) throws IOException {
        return file.header("content-encoding").orElse("identity").equals("gzip")
                ? new GZIPInputStream(body)
                : body;
    }

    @Override
    public void close() {
        reader.shutdownNow();
        try {
            boolean hasEnded = reader.awaitTermination(1, TimeUnit.SECONDS);
            LOG.debug("event=shell-names-closed ended={}", hasEnded);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
