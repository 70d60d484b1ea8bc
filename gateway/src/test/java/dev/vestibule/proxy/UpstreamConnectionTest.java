package dev.vestibule.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

class UpstreamConnectionTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final EventLoops loops = new EventLoops(1);
    private final EventLoop loop = loops.all().getFirst();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    /// Opens no connection of its own.
    private final UpstreamPool pool =
            new UpstreamPool(
                    loop,
                    new UpstreamConnector(
                            loops.clientChannel(),
                            new UpstreamAddress(
                                    "127.0.0.1", 1, new UpstreamAddress.Encryption.None()),
                            0));

    @AfterEach
    void stop() {
        loops.close();
    }

    /// As one whose TLS has still something to say: its end takes seconds.
    private static final class Lingering extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {}
    }

    private EmbeddedChannel idle() {
        StrictResponseDecoder decoder = new StrictResponseDecoder();
        EmbeddedChannel channel = new EmbeddedChannel(new Lingering(), decoder);
        UpstreamConnection connection = new UpstreamConnection(pool, channel, decoder);
        channel.pipeline().addLast(connection);
        pool.takeBack(connection);
        return channel;
    }

    private void ask() {
        new Exchange(
                        pool,
                        new ForwardRules(List.of()),
                        new ProxyRequest(
                                loop,
                                HttpMethod.GET,
                                "/api/a",
                                new DefaultHttpHeaders(),
                                new ProxyRequest.Body.None()),
                        new Noted(told))
                .begin();
    }

    private static void answer(EmbeddedChannel channel, String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    @Test
    void oneThatIsDoneIsUsedAgain() throws Exception {
        loop.submit(
                        () -> {
                            EmbeddedChannel channel = idle();
                            ask();
                            answer(channel, ANSWER);
                            ask();
                            answer(channel, ANSWER);
                            channel.releaseOutbound();
                        })
                .sync();

        assertThat(told).containsExactly("answered 200", "answered 200");
    }

    /// Attack, or a fault: the answer behind the answer would be the next client's.
    @Test
    void oneThatSaidMoreThanItWasAskedIsNeverUsedAgainThoughItIsStillOpen() throws Exception {
        loop.submit(
                        () -> {
                            EmbeddedChannel channel = idle();
                            ask();
                            answer(channel, ANSWER + ANSWER);
                            assertThat(channel.isActive()).isTrue();
                            ask();
                            channel.releaseOutbound();
                        })
                .sync();

        assertThat(told).containsExactly("answered 200", "failed BUSY");
    }
}
