package dev.vestibule.testhouse.proxy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// What a proxy in front has besides its traffic: keys, a page that lists the public ones, and the
/// assertions that it signs. Safe to share between threads.
public final class ScriptedProxy implements AutoCloseable {

    public static final String ISSUER = "https://team.cloudflareaccess.com";
    public static final String AUDIENCE = "32eafc7626e974616deaf0dc3ce63d7b";
    private static final int HUGE_CHARACTERS = 5_000_000;

    private final InstantSource time;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final AtomicInteger keysMade = new AtomicInteger();
    private final Queue<HttpExchange> stalled = new ConcurrentLinkedQueue<>();
    private final ECKey stranger = newKey();
    private volatile ECKey current = newKey();
    private volatile KeyPage page = KeyPage.RIGHT;

    private ScriptedProxy(InstantSource time, HttpServer server) {
        this.time = time;
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/cdn-cgi/access/certs", this::answerWithKeys);
        server.start();
    }

    public static ScriptedProxy start(InstantSource time) {
        try {
            return new ScriptedProxy(
                    time,
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("key-" + keysMade.incrementAndGet())
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("this JDK makes no EC keys", impossible);
        }
    }

    /// Where its public keys are.
    public URI keys() {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/cdn-cgi/access/certs");
    }

    /// How often it was asked for them.
    public int keyRequests() {
        return keyRequests.get();
    }

    public void answerKeysWith(KeyPage next) {
        page = next;
    }

    /// The old key is gone at once.
    public void rotateKeys() {
        current = newKey();
    }

    ECKey currentKey() {
        return current;
    }

    ECKey strangersKey() {
        return stranger;
    }

    /// What it says about a person, for a minute from now.
    public Assertion assertionFor(String subject) {
        return new Assertion(this, time.instant(), subject);
    }

    private void answerWithKeys(HttpExchange exchange) throws IOException {
        keyRequests.incrementAndGet();
        String keys = new JWKSet(current.toPublicJWK()).toString();
        switch (page) {
            case RIGHT -> answer(exchange, 200, keys);
            case BROKEN -> answer(exchange, 500, "");
            case EMPTY -> answer(exchange, 200, "{\"keys\":[]}");
            case HUGE ->
                    answer(
                            exchange,
                            200,
                            keys.replaceFirst(
                                    "^\\{", "{\"x\":\"" + "x".repeat(HUGE_CHARACTERS) + "\","));
            case STALLED -> {
                exchange.sendResponseHeaders(200, keys.length());
                exchange.getResponseBody().write(keys.charAt(0));
                exchange.getResponseBody().flush();
                stalled.add(exchange);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        } catch (IOException gone) {
            // Whoever asked has read enough.
        }
    }

    @Override
    public void close() {
        stalled.forEach(HttpExchange::close);
        server.stop(0);
        threads.close();
    }
}
