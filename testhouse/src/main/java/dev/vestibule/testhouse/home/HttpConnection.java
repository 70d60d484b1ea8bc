package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.Door.Passage;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One connection that speaks HTTP/1.1: one request at a time, each answered before the next is
/// looked at. Lives on the event loop.
final class HttpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final int BODY_BYTES_MAX = 16 << 20;
    private static final int WAITING_MAX = 1_000;

    /// A request that is being read or answered.
    private static final class Exchange {
        private final HttpRequest head;
        private final Record.Entry entry;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private @Nullable Endpoint endpoint;
        private @Nullable HomeRequest request;
        private Endpoint.@Nullable Upload upload;
        private boolean isRead;
        private boolean isAnswerBegun;
        private boolean isAnswered;

        private Exchange(HttpRequest head, Record.Entry entry) {
            this.head = head;
            this.entry = entry;
        }
    }

    private final Server server;
    private final Channel channel;
    private final AnswerWriter writer;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private @Nullable Exchange current;

    HttpConnection(Server server, Channel channel) {
        this.server = server;
        this.channel = channel;
        this.writer = new AnswerWriter(server, channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean isBodyOfCurrent =
                current != null && !current.isRead && message instanceof HttpContent;
        if (current == null || isBodyOfCurrent) {
            handle(message);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(message);
        } else {
            ReferenceCountUtil.release(message);
            var _ = channel.close();
        }
    }

    private void handle(Object message) {
        try {
            if (message instanceof HttpRequest head) {
                begin(head);
            } else if (message instanceof HttpContent content && current != null) {
                read(current, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        var entry =
                server.record().begin(head.method().name(), head.uri(), head.headers().entries());
        var exchange = new Exchange(head, entry);
        current = exchange;
        if (HttpUtil.is100ContinueExpected(head)) {
            writer.writeContinue();
        }
        var peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        switch (server.door().open(head, peer)) {
            case Passage.Refused(var answer) -> answer(exchange, answer);
            case Passage.Admitted(var endpoint, var request) -> admit(exchange, endpoint, request);
        }
        if (head.decoderResult().isFailure()) {
            var _ = channel.close();
        }
    }

    private void admit(Exchange exchange, Endpoint endpoint, HomeRequest request) {
        exchange.endpoint = endpoint;
        exchange.request = request;
        if (endpoint.action() instanceof Endpoint.Action.Intake intake) {
            exchange.upload = intake.begin(request);
        }
    }

    private void read(Exchange exchange, HttpContent content) {
        byte[] bytes = ByteBufUtil.getBytes(content.content());
        server.record().body(exchange.entry, bytes);
        exchange.isRead = content instanceof LastHttpContent;
        if (exchange.isAnswerBegun) {
            finishIfDone(exchange);
            return;
        }
        if (exchange.upload != null) {
            exchange.upload.piece(bytes);
        } else if (exchange.body.size() + bytes.length > BODY_BYTES_MAX) {
            answer(exchange, Answer.text(413, "Maximum request body size exceeded"));
            return;
        } else {
            exchange.body.writeBytes(bytes);
        }
        if (exchange.isRead) {
            perform(exchange);
        }
    }

    private void perform(Exchange exchange) {
        Optional<Ambush> ambush =
                server.faults()
                        .ambushFor(exchange.head.method().name() + " " + exchange.head.uri());
        if (ambush.isPresent()) {
            hold(ambush.get(), exchange);
        } else {
            answer(exchange, work(exchange));
        }
    }

    private void hold(Ambush ambush, Exchange exchange) {
        switch (ambush.moment()) {
            case BEFORE ->
                    ambush.spring(() -> server.loop().soon(() -> answer(exchange, work(exchange))));
            case AFTER -> {
                Answer done = work(exchange);
                ambush.spring(() -> server.loop().soon(() -> answer(exchange, done)));
            }
        }
    }

    private Answer work(Exchange exchange) {
        if (exchange.upload != null) {
            return exchange.upload.end();
        }
        if (exchange.request == null || exchange.endpoint == null) {
            return Answer.broken();
        }
        return switch (exchange.endpoint.action()) {
            case Endpoint.Action.Whole whole ->
                    whole.answer(exchange.request.withBody(exchange.body.toByteArray()));
            case Endpoint.Action.Intake _ -> Answer.broken();
        };
    }

    private void answer(Exchange exchange, Answer answer) {
        exchange.isAnswerBegun = true;
        Answer given = server.faults().cutsAfter(exchange.head.uri()) ? new Answer.Cut() : answer;
        Runnable write =
                () ->
                        writer.write(
                                new AnswerWriter.Reply(
                                        exchange.head, exchange.endpoint, exchange.request, given),
                                () -> {
                                    exchange.isAnswered = true;
                                    finishIfDone(exchange);
                                });
        var delay = server.faults().delay();
        if (delay.isZero()) {
            write.run();
        } else {
            var _ = server.loop().later(delay, write);
        }
    }

    private void finishIfDone(Exchange exchange) {
        if (exchange != current || !exchange.isRead || !exchange.isAnswered) {
            return;
        }
        current = null;
        while (current == null || !current.isRead) {
            Object next = waiting.poll();
            if (next == null) {
                return;
            }
            handle(next);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writer.writabilityChanged();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        writer.closed();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("event=scripted-home-connection-failed", cause);
        var _ = channel.close();
    }
}
