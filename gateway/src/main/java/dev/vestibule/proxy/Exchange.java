package dev.vestibule.proxy;

import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Queue;

/// One request to Home Assistant and its answer, both streamed. Lives on one event loop, and every
/// method is called there.
///
/// Nothing is buffered beyond what one read of a socket brings: where the client reads slowly, Home
/// Assistant is not read, and the other way round.
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Downstream GONE = new GoneClient();

    private final UpstreamPool pool;
    private final ForwardRules rules;
    private final ProxyRequest request;
    private final Queue<HttpContent> early = new ArrayDeque<>(2);
    private Downstream client;
    private @Nullable UpstreamConnection connection;
    private boolean isReused;
    private boolean isRequestOver;
    private long bytesLeft;
    private boolean isAnswered;
    private boolean isOver;
    private boolean isSkippingInterim;
    private boolean mayReuse;
    private long sentAtNanos;

    Exchange(UpstreamPool pool, ForwardRules rules, ProxyRequest request, Downstream client) {
        this.pool = pool;
        this.rules = rules;
        this.request = request;
        this.client = client;
        this.isRequestOver = request.body() instanceof ProxyRequest.Body.None;
        this.bytesLeft = request.body() instanceof ProxyRequest.Body.Sized(var length) ? length : 0;
    }

    /// Looks for a connection, and sends the request with what has been given of its body so far.
    /// The client's side may be called before this returns. Nothing leaves where that has been
    /// found not to fit.
    public void begin() {
        if (!isOver) {
            pool.serve(this);
        }
    }

    /// Passes on a piece of the request's body and takes it over; `LastHttpContent` ends it.
    /// Trailers are not passed on: they could carry what the rules took out of the head.
    public void send(HttpContent content) {
        if (isOver) {
            content.release();
        } else if (content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
            pass(new DefaultHttpContent(content.content()));
            pass(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            pass(content);
        }
    }

    private void pass(HttpContent content) {
        if (!fits(content)) {
            content.release();
            LOG.error("event=body-does-not-fit left={} over={}", bytesLeft, isRequestOver);
            fail(UpstreamFailure.BROKEN);
            return;
        }
        sentAtNanos = System.nanoTime();
        isRequestOver |= content instanceof LastHttpContent;
        if (connection == null) {
            early.add(content);
        } else {
            connection.write(content);
        }
    }

    /// The decoder sees to it, and nothing behind it may undo that (attack: bytes that are more, or
    /// fewer, than the head said make a request of their own at Home Assistant).
    private boolean fits(HttpContent content) {
        if (isRequestOver || request.body() instanceof ProxyRequest.Body.Chunked) {
            return !isRequestOver;
        }
        bytesLeft -= content.content().readableBytes();
        return content instanceof LastHttpContent ? bytesLeft == 0 : bytesLeft >= 0;
    }

    /// Lets what was sent leave.
    public void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    /// False while Home Assistant takes the request's body more slowly than the client sends it.
    public boolean isWritable() {
        return connection != null && connection.isWritable();
    }

    /// The client can take more of the answer.
    public void resume() {
        if (connection != null) {
            connection.setReading(true);
        }
    }

    /// The client is gone or was cut off: Home Assistant is told by closing the connection.
    public void abort() {
        client = GONE;
        end();
        if (connection != null) {
            connection.discard();
            connection = null;
        }
    }

    private void end() {
        isOver = true;
        early.forEach(HttpContent::release);
        early.clear();
    }

    // From here on: what the connection to Home Assistant reports.

    boolean isOver() {
        return isOver;
    }

    void connected(UpstreamConnection newConnection, boolean wasUsedBefore) {
        connection = newConnection;
        isReused = wasUsedBefore;
        sentAtNanos = System.nanoTime();
        newConnection.begin(this, request.method().equals(HttpMethod.HEAD));
        newConnection.write(head());
        if (request.body() instanceof ProxyRequest.Body.None) {
            newConnection.write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        for (HttpContent content = early.poll(); content != null; content = early.poll()) {
            newConnection.write(content);
        }
        newConnection.flush();
        if (!isRequestOver && newConnection.isWritable()) {
            client.readMore();
        }
    }

    private HttpRequest head() {
        switch (request.body()) {
            case ProxyRequest.Body.None() -> {}
            case ProxyRequest.Body.Sized(var length) ->
                    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length));
            case ProxyRequest.Body.Chunked() ->
                    request.headers()
                            .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.method(), request.pathAndQuery(), request.headers());
    }

    void notConnected(UpstreamFailure failure) {
        if (!isOver) {
            fail(failure);
        }
    }

    void received(HttpResponse head) {
        if (head.decoderResult().isFailure() || isAnswered) {
            fail(UpstreamFailure.DOUBTFUL);
            return;
        }
        if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            // No upgrade was asked for, so none may be given (attack: a tunnel).
            isSkippingInterim = true;
            if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                fail(UpstreamFailure.DOUBTFUL);
            }
            return;
        }
        isAnswered = true;
        mayReuse = HttpUtil.isKeepAlive(head) && isDelimited(head);
        rules.toClient(head.headers());
        client.answer(head);
    }

    /// False where only the end of the connection ends the body (RFC 9112 section 6.3).
    private boolean isDelimited(HttpResponse head) {
        int status = head.status().code();
        return request.method().equals(HttpMethod.HEAD)
                || status == 204
                || status == 304
                || HttpUtil.isTransferEncodingChunked(head)
                || HttpUtil.isContentLengthSet(head);
    }

    void received(HttpContent content) {
        boolean isLast = content instanceof LastHttpContent;
        if (isSkippingInterim) {
            isSkippingInterim = !isLast;
            content.release();
            return;
        }
        if (content.decoderResult().isFailure() || !isAnswered) {
            content.release();
            fail(UpstreamFailure.DOUBTFUL);
            return;
        }
        UpstreamConnection open = connection;
        if (open == null) {
            content.release();
            return;
        }
        if (isLast) {
            finish(open);
        }
        client.body(content);
        if (!isLast && !client.isWritable()) {
            open.setReading(false);
        }
    }

    /// The answer is whole. The connection serves again where nothing about it is in doubt; an
    /// answer that came before the request was over leaves it in the middle of a message.
    private void finish(UpstreamConnection open) {
        connection = null;
        end();
        if (mayReuse && isRequestOver) {
            open.release();
        } else {
            open.discard();
        }
    }

    void readComplete() {
        client.flush();
    }

    void writabilityChanged(boolean isWritable) {
        if (isWritable && !isRequestOver && !isOver) {
            client.readMore();
        }
    }

    /// The connection is gone before the answer was whole.
    void lost(UpstreamFailure why) {
        connection = null;
        if (isOver) {
            return;
        }
        if (isReused && !isAnswered && why == UpstreamFailure.BROKEN && request.isRepeatable()) {
            // Home Assistant closed an idle connection just as the request left.
            pool.connect(this);
            return;
        }
        fail(why);
    }

    private void fail(UpstreamFailure failure) {
        Downstream told = client;
        abort();
        told.failed(failure);
    }

    /// True where the request has left, or is not taken, and nothing was said for too long.
    boolean isSilentSince(long beforeNanos) {
        return (isRequestOver || !isWritable()) && !isAnswered && sentAtNanos - beforeNanos < 0;
    }
}
