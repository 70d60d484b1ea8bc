package dev.vestibule.shell;

import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.log.RequestScope;
import dev.vestibule.shell.ShellStore.Found;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks Home Assistant for documents, each once at a time however many wait for it, a few at once
/// and none for a moment after it did not answer. Safe to share between threads.
final class Fetches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);

    /// What RFC 9110 section 8.8.3 lets an entity tag be; another is not sent back.
    private static final String ENTITY_TAG = "(W/)?\"[\\x21\\x23-\\x7e]{0,200}\"";

    private final InstantSource time;
    private final ShellStore store;
    private final ShellSource source;
    private final ShellLimits limits;
    private final ShellIndex index;
    private final Absences absences;
    private final Semaphore running;
    private final ConcurrentHashMap<Representation, CompletableFuture<FetchResult>> flights =
            new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Instant silentSince = Instant.EPOCH;

    Fetches(
            InstantSource time,
            ShellStore store,
            ShellSource source,
            ShellLimits limits,
            ShellIndex index) {
        this.time = time;
        this.store = store;
        this.source = source;
        this.limits = limits;
        this.index = index;
        this.absences = new Absences(limits.absentMax(), limits.absentFor());
        this.running = new Semaphore(limits.fetchesMax(), true);
    }

    /// Whether Home Assistant said a moment ago that it does not have this.
    boolean isAbsent(String path) {
        return absences.contains(path, time.instant());
    }

    /// Forgets what Home Assistant lacked and that it was away: it is another one now.
    void startAfresh() {
        absences.clear();
        silentSince = Instant.EPOCH;
    }

    /// Waits for a current copy.
    FetchResult fetch(Representation key) {
        CompletableFuture<FetchResult> flight = join(key);
        try {
            return flight.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new FetchResult.Away();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new FetchResult.Away();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a fetch ended in a fault", failed.getCause());
        }
    }

    /// Brings a copy up to date without anybody waiting.
    void refresh(Representation key) {
        CompletableFuture<FetchResult> _ = join(key);
    }

    private CompletableFuture<FetchResult> join(Representation key) {
        CompletableFuture<FetchResult> known = flights.get(key);
        if (known != null) {
            return known;
        }
        boolean isSilent = Freshness.isWithin(silentSince, limits.awayFor(), time.instant());
        if (isSilent || flights.size() >= limits.flightsMax()) {
            return CompletableFuture.completedFuture(new FetchResult.Away());
        }
        CompletableFuture<FetchResult> flight = new CompletableFuture<>();
        CompletableFuture<FetchResult> other = flights.putIfAbsent(key, flight);
        if (other != null) {
            return other;
        }
        start(key, flight);
        return flight;
    }

    private void start(Representation key, CompletableFuture<FetchResult> flight) {
        try {
            threads.execute(RequestScope.kept(() -> fly(key, flight)));
        } catch (RejectedExecutionException closed) {
            flights.remove(key, flight);
            flight.complete(new FetchResult.Away());
        }
    }

    private void fly(Representation key, CompletableFuture<FetchResult> flight) {
        FetchResult result = new FetchResult.Away();
        try {
            result = inTurn(key);
        } catch (HomeAssistantUnavailable away) {
            silentSince = time.instant();
            LOG.debug("event=shell-home-away path={} reason={}", key.path(), away.reason());
        } catch (UncheckedIOException disk) {
            LOG.error("event=shell-disk-failed path={}", key.path(), disk);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            flights.remove(key, flight);
            flight.complete(result);
        }
    }

    private FetchResult inTurn(Representation key) throws InterruptedException {
        if (!running.tryAcquire(limits.answer().toNanos(), TimeUnit.NANOSECONDS)) {
            return new FetchResult.Away();
        }
        try {
            Optional<Found> before = store.find(key);
            FetchResult result = ask(key, before);
            if (isIndex(key) && before.isPresent() && hasChanged(result, before.get())) {
                index.rebuildLater();
            }
            return result;
        } finally {
            running.release();
        }
    }

    private static boolean hasChanged(FetchResult result, Found before) {
        return result instanceof FetchResult.Stored(Found found)
                && !found.file().digest().equals(before.file().digest());
    }

    /// @param held the copy that we have, which need not travel again
    private FetchResult ask(Representation key, Optional<Found> held) {
        String entityTag =
                held.flatMap(found -> found.file().header("etag"))
                        .filter(tag -> tag.matches(ENTITY_TAG))
                        .orElse("");
        Path part = store.newPart();
        try {
            ShellAnswer answer =
                    source.fetch(new ShellQuestion(key.path(), key.encoding(), entityTag), part);
            return switch (answer) {
                case ShellAnswer.Found(var headers) ->
                        new FetchResult.Stored(
                                keep(store.seal(key, KeptHeaders.of(headers), part), held));
                case ShellAnswer.Unchanged() -> unchanged(held);
                case ShellAnswer.Redirected(var toOnboarding) -> redirected(key, toOnboarding);
                case ShellAnswer.Missing() -> missing(key);
                case ShellAnswer.TooLarge() -> {
                    LOG.warn("event=shell-file-too-large path={}", key.path());
                    yield missing(key);
                }
            };
        } finally {
            DoomedFiles.delete(part);
        }
    }

    /// Names are known before the copy that holds them is shown: a browser asks for them at once. A
    /// document in Brotli cannot be read here, so that its twin in gzip is fetched for its names.
    private Found keep(CachedFile fresh, Optional<Found> held) {
        boolean isNew = held.isEmpty() || !held.get().file().hasSameContent(fresh);
        Representation key = fresh.key();
        if (isNew && key.encoding() == ContentEncoding.BROTLI && index.needsTwin(fresh)) {
            Representation twin = new Representation(key.path(), ContentEncoding.GZIP);
            FetchResult read = ask(twin, store.find(twin));
            LOG.debug("event=shell-names-read path={} result={}", key.path(), read);
        }
        return isNew ? index.keep(fresh) : store.keep(fresh);
    }

    private FetchResult unchanged(Optional<Found> held) {
        if (held.isEmpty()) {
            throw new HomeAssistantUnavailable("Home Assistant answered 304 to no condition");
        }
        store.validated(held.get().file());
        return new FetchResult.Stored(held.get());
    }

    private FetchResult redirected(Representation key, boolean toOnboarding) {
        if (toOnboarding && isIndex(key)) {
            store.remove(key);
            return new FetchResult.NotSetUp();
        }
        return missing(key);
    }

    /// A Home Assistant without an index is one that is not itself just now.
    private FetchResult missing(Representation key) {
        if (isIndex(key)) {
            throw new HomeAssistantUnavailable("Home Assistant has no front end");
        }
        store.remove(key);
        absences.add(key.path(), time.instant());
        return new FetchResult.Missing();
    }

    private static boolean isIndex(Representation key) {
        return key.path().equals(ShellTarget.INDEX_PATH);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        source.close();
    }
}
