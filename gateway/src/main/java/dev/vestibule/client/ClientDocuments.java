package dev.vestibule.client;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientJudgement.ForeignRedirect;
import dev.vestibule.client.ClientJudgement.Known;
import dev.vestibule.client.ClientJudgement.NoDocument;
import dev.vestibule.client.ClientJudgement.TooMany;
import dev.vestibule.log.RequestScope;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

import javax.net.ssl.SSLContext;

/// What programs say about themselves, fetched when somebody asks and kept for a while. However
/// many ask for one document at once, it is fetched once. Safe to share between threads.
public final class ClientDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(ClientDocuments.class);

    private static final Duration KEPT = Duration.ofMinutes(10);

    /// So long nobody asks again where nothing came.
    private static final Duration MISSED = Duration.ofSeconds(30);

    private static final int COUNT_MAX = 200;

    /// Documents that nobody listed and that are being fetched at once. Anybody can make us fetch
    /// them.
    private static final int STRANGERS_MAX = 4;

    private static final int STRANGERS_PER_MINUTE = 10;

    private final DocumentSource source;
    private final AddressLimiter limiter;
    private final Semaphore strangers = new Semaphore(STRANGERS_MAX);
    private final AsyncCache<Key, Optional<ClientDocument>> cache;

    public ClientDocuments(InstantSource time) {
        this(time, systemTls(), PublicAddresses::isPublic, DocumentSource.DEADLINE);
    }

    ClientDocuments(
            InstantSource time,
            SSLContext tls,
            Predicate<InetAddress> forStrangers,
            Duration deadline) {
        this.source =
                new DocumentSource(
                        tls, forStrangers, Executors.newVirtualThreadPerTaskExecutor(), deadline);
        this.limiter = new AddressLimiter(time, STRANGERS_PER_MINUTE);
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(COUNT_MAX)
                        .ticker(() -> Duration.between(Instant.EPOCH, time.instant()).toNanos())
                        .expireAfter(
                                Expiry.creating(
                                        (Key _, Optional<ClientDocument> found) ->
                                                found.isPresent() ? KEPT : MISSED))
                        .buildAsync();
    }

    private static SSLContext systemTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }

    /// Listed documents are the operator's word, and fetched by other rules.
    private record Key(URI uri, boolean isListed) {}

    ClientJudgement judge(
            ProgramAddress program, Redirect redirect, ClientKind kind, ClientAddress asking) {
        Key key = new Key(program.uri(), kind == ClientKind.DOCUMENT);
        CompletableFuture<Optional<ClientDocument>> known = cache.getIfPresent(key);
        if (known == null) {
            if (!key.isListed() && !limiter.tryTake(asking)) {
                return new TooMany();
            }
            known = cache.get(key, (_, _) -> fetch(key));
        }
        try {
            return judge(known.join(), redirect, kind);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof TooManyAtOnce) {
                return new TooMany();
            }
            throw failed;
        }
    }

    private static ClientJudgement judge(
            Optional<ClientDocument> found, Redirect redirect, ClientKind kind) {
        return found.<ClientJudgement>map(
                        document ->
                                document.mayLeadTo(redirect)
                                        ? new Known(kind, document.name())
                                        : new ForeignRedirect())
                .orElseGet(NoDocument::new);
    }

    /// Says nothing about the document, so that the cache keeps nothing: it forgets what failed.
    private static final class TooManyAtOnce extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private CompletableFuture<Optional<ClientDocument>> fetch(Key key) {
        if (key.isListed()) {
            return fetch(key, () -> {});
        }
        if (!strangers.tryAcquire()) {
            LOG.warn("event=client-document-not-fetched reason=\"too many at once\"");
            return CompletableFuture.failedFuture(new TooManyAtOnce());
        }
        return fetch(key, strangers::release);
    }

    private CompletableFuture<Optional<ClientDocument>> fetch(Key key, Runnable done) {
        return source.fetch(key.uri(), key.isListed(), done)
                .thenApply(RequestScope.kept(found -> read(key, found)));
    }

    private static Optional<ClientDocument> read(Key key, FetchedDocument found) {
        return switch (found) {
            case FetchedDocument.Body body -> {
                Optional<ClientDocument> document =
                        ClientDocument.read(body.bytes(), key.uri().toString());
                if (document.isEmpty()) {
                    refused(key, "is not the document of a public client at this address");
                }
                yield document;
            }
            case FetchedDocument.Unusable(var reason) -> {
                refused(key, reason);
                yield Optional.empty();
            }
        };
    }

    private static void refused(Key key, String reason) {
        LOG.warn("event=client-document-refused client={} reason=\"{}\"", key.uri(), reason);
    }
}
