package dev.vestibule.tls;

import dev.vestibule.config.TlsConfig;
import dev.vestibule.config.TlsFiles;
import dev.vestibule.config.TlsFiles.Flaw;
import dev.vestibule.config.TlsMaterial;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.net.ssl.SSLEngine;

/// The gateway's certificate, as its files have it now. New connections get the newest; those that
/// are open keep what they began with. Safe to share between threads. Whoever opened it closes it.
public final class ServerTls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final List<String> PROTOCOLS = List.of("h2", "http/1.1");
    private static final Duration WARNED_BEFORE = Duration.ofDays(14);
    private static final Duration WARNED_EVERY = Duration.ofDays(1);

    /// Handshakes that wait for a processor; one more ends its connection.
    private static final int HANDSHAKES_WAITING_MAX = 1_024;

    private static final int CLOSING_SECONDS_MAX = 5;

    private final InstantSource time;
    private final TlsConfig config;
    private final Duration period;
    private final ThreadPoolExecutor handshakes;
    private final Thread watch;
    private volatile Current current;
    private List<Flaw> flaws = List.of();
    private Instant warnedAt = Instant.MIN;

    private record Current(TlsMaterial material, SslContext context) {}

    private ServerTls(InstantSource time, TlsConfig config, Duration period, TlsMaterial material) {
        this.time = time;
        this.config = config;
        this.period = period;
        this.current = current(material);
        int threads = Runtime.getRuntime().availableProcessors();
        this.handshakes =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(HANDSHAKES_WAITING_MAX),
                        Thread.ofPlatform().name("handshake-", 0).daemon().factory());
        this.handshakes.allowCoreThreadTimeOut(true);
        this.watch = Thread.ofVirtual().name("certificate-watch").unstarted(this::run);
    }

    /// Reads the files, and looks at them again and again.
    ///
    /// @param config one that is on
    /// @param period how long it takes at most until a new certificate is shown
    /// @throws CertificateUnusable where the files cannot be used
    public static ServerTls open(InstantSource time, TlsConfig config, Duration period) {
        return switch (TlsFiles.read(config)) {
            case TlsFiles.Reading.Whole(var material) -> {
                ServerTls tls = new ServerTls(time, config, period, material);
                tls.warnOfItsEnd();
                tls.watch.start();
                yield tls;
            }
            case TlsFiles.Reading.Broken(var flaws) -> throw new CertificateUnusable(flaws);
        };
    }

    /// When the certificate that is shown now ends.
    public Instant ends() {
        return current.material().own().getNotAfter().toInstant();
    }

    /// The engine of one new connection.
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current.context().newEngine(allocator);
    }

    /// The value of `Strict-Transport-Security` (RFC 6797 section 6.1); empty text for none.
    public String hsts() {
        return config.hsts().isZero() ? "" : "max-age=" + config.hsts().toSeconds();
    }

    /// Computes what handshakes need, so that the event loops go on meanwhile.
    public Executor handshakes() {
        return handshakes;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(period);
                try {
                    look();
                    warnOfItsEnd();
                } catch (RuntimeException bug) {
                    LOG.error("event=certificate-watch-failed", bug);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is broken may be half-written: the old certificate is shown until the files are whole.
    private void look() {
        switch (TlsFiles.read(config)) {
            case TlsFiles.Reading.Whole(var material) -> {
                flaws = List.of();
                if (!material.equals(current.material())) {
                    current = current(material);
                    LOG.info(
                            "event=certificate-renewed subject=\"{}\" until={}",
                            material.own().getSubjectX500Principal(),
                            material.own().getNotAfter().toInstant());
                }
            }
            case TlsFiles.Reading.Broken(var found) -> {
                if (!found.equals(flaws)) {
                    flaws = found;
                    LOG.error(
                            "event=certificate-unusable kept=old reason=\"{}\"",
                            found.stream().map(Flaw::sentence).collect(Collectors.joining(" ")));
                }
            }
        }
    }

    private void warnOfItsEnd() {
        Instant now = time.instant();
        Instant end = ends();
        if (now.plus(WARNED_BEFORE).isAfter(end) && warnedAt.isBefore(now.minus(WARNED_EVERY))) {
            warnedAt = now;
            LOG.warn("event=certificate-ends at={}", end);
        }
    }

    private static Current current(TlsMaterial material) {
        return new Current(material, Contexts.of(material, PROTOCOLS));
    }

    @Override
    public void close() {
        watch.interrupt();
        handshakes.shutdownNow();
        try {
            var _ = handshakes.awaitTermination(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
