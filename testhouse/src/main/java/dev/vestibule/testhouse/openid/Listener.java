package dev.vestibule.testhouse.openid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// One loopback port, from opening to closing; each request has its virtual thread.
final class Listener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final Duration DRIP = Duration.ofMillis(100);

    /// Says what a path is, how long to wait, and what to answer.
    interface Door {
        Endpoint endpoint(String path);

        /// Called at once, before any delay.
        void arrived(ProviderRequest request);

        Duration delay(Endpoint endpoint);

        Answer answer(ProviderRequest request);
    }

    private final Door door;
    private final HttpServer server;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);

    private Listener(Door door, HttpServer server) {
        this.door = door;
        this.server = server;
        this.port = server.getAddress().getPort();
    }

    /// @param port 0 for any free one
    static Listener open(int port, Door door) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var listener = new Listener(door, HttpServer.create(address, 0));
            listener.server.setExecutor(listener.threads);
            listener.server.createContext("/", listener::serve);
            listener.server.start();
            return listener;
        } catch (IOException problem) {
            throw new UncheckedIOException("the scripted provider found no port", problem);
        }
    }

    /// Known after closing too.
    int port() {
        return port;
    }

    /// Cuts every connection and frees the port.
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
            if (body.length > BODY_BYTES_MAX) {
                send(exchange, Answer.of(413, "text/plain", "too long"));
                return;
            }
            send(exchange, answer(exchange, body));
        } catch (IOException problem) {
            // Clients hang up on answers that are too long or too slow: that is what those are for.
            log.debug("event=scripted_provider_hung_up reason={}", problem.getMessage());
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        ProviderRequest request;
        try {
            request = read(exchange, body);
        } catch (IllegalArgumentException problem) {
            return Answer.of(400, "text/plain", "unreadable parameters");
        }
        door.arrived(request);
        if (isClosingAfter(door.delay(request.endpoint()))) {
            return Answer.of(503, "text/plain", "closing");
        }
        return door.answer(request);
    }

    private ProviderRequest read(HttpExchange exchange, byte[] body) {
        URI target = exchange.getRequestURI();
        var headers = new HashMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String query = target.getRawQuery();
        return new ProviderRequest(
                door.endpoint(target.getPath()),
                exchange.getRequestMethod(),
                target.toString(),
                Map.copyOf(headers),
                Parameters.parse(query == null ? "" : query),
                isForm(headers)
                        ? Parameters.parse(new String(body, StandardCharsets.UTF_8))
                        : Map.of());
    }

    private static boolean isForm(Map<String, List<String>> headers) {
        return headers.getOrDefault("content-type", List.of(""))
                .getFirst()
                .toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers()
                .forEach(
                        header ->
                                exchange.getResponseHeaders()
                                        .add(header.getKey(), header.getValue()));
        byte[] body = answer.body();
        boolean isEmpty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : body.length);
        if (isEmpty) {
            return;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            switch (answer.pace()) {
                case AT_ONCE -> out.write(body);
                case DRIPPING -> drip(body, out);
            }
        }
    }

    private void drip(byte[] body, OutputStream out) throws IOException {
        for (byte one : body) {
            out.write(one);
            out.flush();
            if (isClosingAfter(DRIP)) {
                return;
            }
        }
    }

    /// Waits; true when the listener closes meanwhile.
    private boolean isClosingAfter(Duration delay) {
        try {
            return closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
