package dev.vestibule.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vestibule.proxy.ProxyRequest.Body;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One request on its way to Home Assistant: what leaves is what its head says, whoever sends it.
class ExchangeTest {

    private static final int WAIT_MILLIS_MAX = 20_000;
    private static final String MORE = "GET /auth/providers HTTP/1.1\r\n\r\n";

    private final EventLoops loops = new EventLoops(1);
    private final ServerSocket home = open();
    private final Upstream upstream =
            new Upstream(
                    loops,
                    new UpstreamAddress(
                            "127.0.0.1",
                            home.getLocalPort(),
                            new UpstreamAddress.Encryption.None()),
                    1);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        home.close();
        loops.close();
    }

    private static HttpContent piece(String text) {
        return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private static HttpContent last(String text) {
        return new DefaultLastHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    /// Sends a piece, and what follows when that has arrived.
    ///
    /// @return what Home Assistant gets until the connection is closed
    private String sent(Body body, HttpContent first, HttpContent... more) throws Exception {
        EventLoop loop = loops.all().getFirst();
        Exchange exchange = loop.submit(() -> begun(loop, body, first)).get();
        try (Socket connection = home.accept()) {
            connection.setSoTimeout(WAIT_MILLIS_MAX);
            StringBuilder sent = new StringBuilder();
            while (sent.indexOf("\r\n\r\n") < 0 || sent.charAt(sent.length() - 1) != 'x') {
                int read = connection.getInputStream().read();
                assertThat(read).as("what comes after: %s", sent).isNotNegative();
                sent.append((char) read);
            }
            loop.submit(() -> pass(exchange, more)).sync();
            return sent.append(
                            new String(
                                    connection.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .toString();
        }
    }

    private Exchange begun(EventLoop loop, Body body, HttpContent first) {
        Exchange exchange =
                upstream.prepare(
                        new ProxyRequest(
                                loop, HttpMethod.POST, "/api/a", new DefaultHttpHeaders(), body),
                        new Noted(told));
        exchange.send(first);
        exchange.begin();
        return exchange;
    }

    private static void pass(Exchange exchange, HttpContent... pieces) {
        for (HttpContent piece : pieces) {
            exchange.send(piece);
        }
        exchange.flush();
    }

    static Stream<Arguments> bodiesThatDoNotFit() {
        return Stream.of(
                arguments(new Body.Sized(1), new HttpContent[] {piece(MORE), last("")}),
                arguments(new Body.Sized(1), new HttpContent[] {last(MORE)}),
                arguments(new Body.Sized(MORE.length()), new HttpContent[] {last("")}),
                arguments(new Body.Sized(1), new HttpContent[] {last(""), piece(MORE)}),
                arguments(new Body.Chunked(), new HttpContent[] {last(""), piece(MORE)}));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatDoNotFit")
    void aBodyThatIsNotWhatItsHeadSaidEndsTheConnection(Body body, HttpContent[] more)
            throws Exception {
        assertThat(sent(body, piece("x"), more)).doesNotContain("/auth/providers");
        assertThat(told.poll(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS)).isEqualTo("failed BROKEN");
    }

    /// On a connection that is idle, which takes the request at once.
    @Test
    void aBodyThatDidNotFitBeforeTheHeadLeftKeepsTheHeadBack() throws Exception {
        EventLoop loop = loops.all().getFirst();
        loop.submit(() -> begun(loop, new Body.Sized(1), last("x"))).get();
        try (Socket connection = home.accept()) {
            connection.setSoTimeout(WAIT_MILLIS_MAX);
            readTo(connection, 'x');
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(told.poll(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS)).isEqualTo("answered 204");

            loop.submit(() -> begun(loop, new Body.Sized(1), piece(MORE))).get();
            upstream.close();

            assertThat(told.poll(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS))
                    .isEqualTo("failed BROKEN");
            assertThat(connection.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private static void readTo(Socket connection, char end) throws IOException {
        for (int b = -1; b != end; ) {
            b = connection.getInputStream().read();
            assertThat(b).isNotNegative();
        }
    }
}
