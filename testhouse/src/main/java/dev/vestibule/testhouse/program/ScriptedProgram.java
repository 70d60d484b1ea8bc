package dev.vestibule.testhouse.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import dev.vestibule.testhouse.home.HomeCertificate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The https server of a program, on a loopback port. Safe to share between threads.
public final class ScriptedProgram implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(50);

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();

    /// What a path answers.
    public sealed interface Answer {

        /// @param location of a redirect; empty text for none
        record Whole(int status, String contentType, String body, String location)
                implements Answer {}

        /// The head at once, then one byte after the other, without an end.
        record Dripping() implements Answer {}

        /// As [Whole], once somebody lets it.
        record Waiting(CountDownLatch until, Whole then) implements Answer {}
    }

    private ScriptedProgram(HttpsServer server) {
        this.server = server;
    }

    /// @param certificate for `localhost`
    public static ScriptedProgram start(HomeCertificate certificate) {
        try {
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            ScriptedProgram program = new ScriptedProgram(server);
            server.setExecutor(program.threads);
            server.createContext("/", program::answer);
            server.start();
            return program;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// An address of it.
    public URI at(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    /// The document of a program that is called so, at a path.
    ///
    /// @param redirects where its answers go, as JSON strings with commas
    public void publish(String path, String name, String redirects) {
        answers.put(
                path,
                json(
                        """
                        {"client_id": "%s", "client_name": "%s", "redirect_uris": [%s],
                         "token_endpoint_auth_method": "none"}
                        """
                                .formatted(at(path), name, redirects)));
    }

    public static Answer.Whole json(String body) {
        return new Answer.Whole(200, "application/json", body, "");
    }

    public void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    /// How often a path was asked for.
    public int visits(String path) {
        return visits.getOrDefault(path, new AtomicInteger()).get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        visits.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            switch (answers.getOrDefault(path, new Answer.Whole(404, "text/plain", "no", ""))) {
                case Answer.Whole whole -> write(exchange, whole);
                case Answer.Dripping() -> drip(exchange);
                case Answer.Waiting(var until, var then) -> {
                    until.await();
                    write(exchange, then);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(HttpExchange exchange, Answer.Whole whole) throws IOException {
        byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", whole.contentType());
        if (!whole.location().isEmpty()) {
            exchange.getResponseHeaders().set("location", whole.location());
        }
        exchange.sendResponseHeaders(whole.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        while (!closing.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
