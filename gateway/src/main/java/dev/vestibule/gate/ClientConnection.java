package dev.vestibule.gate;

import dev.vestibule.http.ProblemForm;
import dev.vestibule.http.Problems;
import dev.vestibule.http.Response;
import dev.vestibule.log.RequestScope;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.RouteClass;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/// One connection of a client, or one stream of an [Http2Connection]: takes its requests one after
/// the other through the [Door]. Lives on one event loop, and every method is called there.
final class ClientConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final Turn IDLE = new Idle();

    private final Door door;
    private final Deadlines deadlines;
    private final Channel channel;
    private final Wire wire;
    private final ClientCertificate certificate;
    private final Deadline deadline;
    private final RequestCount count;
    private Turn turn = IDLE;
    private boolean isRequestOver = true;
    private boolean isClosing;
    private boolean isAnswerBegun;
    private boolean isStream;
    private boolean isReadyForNext;
    private @Nullable HttpRequest waiting;
    private String foreignPage = "";
    private boolean isScim;

    private ClientConnection(
            Door door,
            Deadlines deadlines,
            ClientCertificate certificate,
            Wire wire,
            Channel channel) {
        this.door = door;
        this.deadlines = deadlines;
        this.certificate = certificate;
        this.wire = wire;
        this.channel = channel;
        this.deadline = new Deadline(channel, this::late);
        this.count = new RequestCount(door.meters());
    }

    /// Puts the handlers of a new connection in their order.
    static void welcome(Door door, Listener.Limits limits, Transport transport, Channel channel) {
        SocketWire wire =
                new SocketWire(
                        channel,
                        new StrictRequestDecoder(limits.held().by(channel)),
                        new AnswerEncoder(transport.hsts()));
        channel.pipeline()
                .addLast(
                        wire.decoder(),
                        wire.encoder(),
                        new ClientConnection(
                                door, limits.deadlines(), transport.certificate(), wire, channel));
    }

    /// As [#welcome], for a new stream of HTTP/2.
    static void welcomeStream(
            Door door, Listener.Limits limits, Transport transport, Channel stream) {
        StreamWire wire =
                new StreamWire(
                        stream,
                        limits.held().by(stream),
                        transport.hsts(),
                        () -> door.malformed(address(stream)));
        stream.pipeline()
                .addLast(
                        wire,
                        new ClientConnection(
                                door, limits.deadlines(), transport.certificate(), wire, stream));
    }

    Channel channel() {
        return channel;
    }

    /// Writes without flushing; a write that fails ends the connection.
    void write(Object message) {
        var _ = channel.write(message, channel.voidPromise());
    }

    /// Lets a client that waits for it send the body (RFC 9110 section 10.1.1).
    void sayContinue() {
        write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        channel.flush();
    }

    Instant now() {
        return door.now();
    }

    /// The origin of a page elsewhere that may read the answer; empty text where there is none.
    String foreignPage() {
        return foreignPage;
    }

    void allowForeignPage(String origin) {
        foreignPage = origin;
    }

    /// The request is for a path of this class.
    void isAt(RouteClass route) {
        count.at(route);
    }

    /// From here on nothing but Home Assistant's answer may be written, for as long as the client
    /// takes to read it.
    void streamBegins(int status) {
        count.answered(status);
        count.streams();
        isAnswerBegun = true;
        isStream = true;
    }

    /// A piece of our answer has been taken.
    void answerMoves() {
        deadline.in(deadlines.answer());
    }

    /// True once the whole request has been read.
    boolean isRequestOver() {
        return isRequestOver;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.in(deadlines.firstHead());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isClosing) {
            ReferenceCountUtil.release(message);
            return;
        }
        switch (message) {
            case HttpRequest head -> begin(head);
            case HttpContent content -> content(content);
            case StrictRequestDecoder.Doubt(var status, var sentence) -> {
                begin("", false);
                door.malformed(address(channel));
                refuseAndClose(status, sentence);
            }
            default -> {
                ReferenceCountUtil.release(message);
                var _ = channel.close();
            }
        }
    }

    /// A request without a body is looked at when it is over, so that its answer can leave the
    /// connection open.
    private void begin(HttpRequest raw) {
        if (!turn.equals(IDLE) || !isRequestOver) {
            // Ends the connection. The wire gives no request in the shadow of another.
            throw new IllegalStateException("a request while another is under way");
        }
        begin(raw.uri(), raw.method().name().equals("HEAD"));
        deadline.in(deadlines.bodyPiece());
        become(new Deciding());
        if (raw.decoderResult().isSuccess() && isBodiless(raw.headers())) {
            waiting = raw;
        } else {
            door.enter(this, raw, peer());
        }
    }

    /// Nothing of the last request may be left, not even where this one turns out to be none.
    ///
    /// @param target as it came; empty text where it could not be read
    private void begin(String target, boolean isHead) {
        count.begin();
        RequestIds.put(channel, RequestScope.NONE);
        isRequestOver = false;
        isAnswerBegun = false;
        isStream = false;
        foreignPage = "";
        isScim = ProblemForm.of(target) == ProblemForm.SCIM;
        wire.answersTo(isHead);
    }

    private static boolean isBodiless(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && (length == null || length.equals("0"));
    }

    private Peer peer() {
        return new Peer(address(channel), certificate);
    }

    private static InetAddress address(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    private void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            leaveTurn();
            refuseOrClose(400, "The body can be read in two ways.");
            return;
        }
        HttpRequest whole = null;
        if (content instanceof LastHttpContent) {
            isRequestOver = true;
            deadline.never();
            whole = waiting;
            waiting = null;
        } else if (turn.mayTakeLong()) {
            deadline.in(deadlines.bodyPiece());
        }
        turn.content(content);
        if (whole != null) {
            door.enter(this, whole, peer());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        turn.readComplete();
        channel.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            turn.writable();
            goOn();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel();
        count.gone();
        leaveTurn();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    /// Takes a step that the pipeline does not see: a bug in it ends the connection, as all bugs on
    /// the event loop do, and does not leave it waiting.
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    private void fail(Throwable cause) {
        RequestScope.run(RequestIds.on(channel), () -> note(cause));
        var _ = channel.close();
    }

    private static void note(Throwable cause) {
        // What TLS finds wrong comes inside of what decoding it found.
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            LOG.debug("event=connection-broke cause={}", cause.getClass().getSimpleName());
        } else {
            LOG.error("event=connection-failed", cause);
        }
    }

    private void leaveTurn() {
        Turn left = turn;
        turn = IDLE;
        left.gone();
    }

    /// Goes on with the request in this way, and with what was kept of its body.
    void become(Turn next) {
        Turn before = turn;
        turn = next;
        before.handTo(next);
    }

    boolean isIn(Turn other) {
        return turn.equals(other);
    }

    /// Reads the socket, or leaves the client's bytes where they are.
    void setReading(boolean isReading) {
        channel.config().setAutoRead(isReading);
        if (!isRequestOver) {
            if (isReading) {
                deadline.in(deadlines.bodyPiece());
            } else {
                deadline.never();
            }
        }
    }

    /// Answers with a page or a document of ours and ends the turn.
    void answer(RequestHead head, Response response) {
        count.answered(response.status());
        Answering answering =
                new Answering(this, head, response, head.isKeepAlive() && isRequestOver);
        become(answering);
        isAnswerBegun = true;
        isStream = false;
        deadline.in(deadlines.answer());
        answering.begin();
    }

    /// The answer has been handed to the socket: on to the next request, or the end.
    ///
    /// @param answered the turn that has ended, once: a second end would be that of another request
    void finish(Turn answered, boolean isKeepAlive) {
        if (!isIn(answered)) {
            throw new IllegalStateException("the end of an answer to another request");
        }
        count.over();
        turn = IDLE;
        if (!isKeepAlive || !isRequestOver) {
            closeGently();
            return;
        }
        deadline.in(deadlines.nextHead());
        channel.flush();
        isReadyForNext = true;
        goOn();
    }

    /// Attack: a client that sends requests and never reads the answers. The next one waits until
    /// the last answers have left.
    private void goOn() {
        if (isReadyForNext && channel.isWritable()) {
            isReadyForNext = false;
            channel.config().setAutoRead(true);
            wire.proceed();
        }
    }

    /// For a request that could not be read at all.
    void refuseAndClose(int status, String sentence) {
        count.answered(status);
        Response response =
                (isScim ? Problems.scim(status, "", sentence) : Problems.json(status, sentence))
                        .with("connection", "close");
        if (status == 405) {
            // RFC 9110 section 15.5.6.
            response = response.with("allow", HeadReader.SERVED);
        }
        write(Answers.whole(response, List.of(), door.now()));
        leaveTurn();
        closeGently();
    }

    /// Says that nothing more comes, and takes in for a moment what the client is still sending:
    /// closing at once would reset the connection and could take the answer with it.
    private void closeGently() {
        isClosing = true;
        channel.config().setAutoRead(true);
        deadline.in(isStream ? deadlines.nextHead() : deadlines.answer());
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> linger());
    }

    private void linger() {
        deadline.in(deadlines.linger());
        wire.end(isRequestOver);
    }

    private void late() {
        if (!isRequestOver && !isClosing) {
            leaveTurn();
            refuseOrClose(408, "The request took too long.");
        } else if (isStream && isUnsent()) {
            // The end of a stream that its reader has paused.
            deadline.in(deadlines.nextHead());
        } else {
            var _ = channel.close();
        }
    }

    private boolean isUnsent() {
        return channel.bytesBeforeUnwritable() <= channel.config().getWriteBufferHighWaterMark();
    }

    private void refuseOrClose(int status, String sentence) {
        if (isAnswerBegun) {
            var _ = channel.close();
        } else {
            refuseAndClose(status, sentence);
        }
    }

    /// Leaves the channel to somebody else, who owns it from here on.
    void handOver() {
        count.becameSocket(channel);
        deadline.cancel();
        turn = IDLE;
        channel.config().setAutoRead(true);
        channel.pipeline().remove(this);
    }
}
