package dev.vestibule.management;

import dev.vestibule.network.IpLiteral;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One question and its answer, then the connection ends. Lives on one event loop.
final class ManagementConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementConnection.class);

    /// RFC 6762 section 3, RFC 8375, RFC 6761 section 6.3, what ICANN keeps back for private use,
    /// and what routers give their networks (RFC 6762 appendix G), which nobody can register;
    /// `cluster.local` of Kubernetes is among the first.
    private static final List<String> PRIVATE_NAMES =
            List.of(".local", ".home.arpa", ".localhost", ".internal", ".lan", ".home");

    private final Desk desk;
    private final boolean isLocal;
    private final Duration timeMax;
    private @Nullable Future<?> end;
    private boolean isAsked;

    /// @param isLocal whether only this machine can reach the port
    /// @param timeMax after which the connection ends, however far it is
    ManagementConnection(Desk desk, boolean isLocal, Duration timeMax) {
        this.desk = desk;
        this.isLocal = isLocal;
        this.timeMax = timeMax;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end =
                context.executor()
                        .schedule(
                                () -> {
                                    var _ = context.close();
                                },
                                timeMax.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !isAsked) {
            isAsked = true;
            answer(context, request);
        }
        ReferenceCountUtil.release(message);
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (request.decoderResult().isFailure() || hasBody(headers)) {
            say(context, Answer.text(400, "The request cannot be read."));
        } else if (!isOurs(headers)) {
            say(context, Answer.text(421, "This host is not served here."));
        } else if (!isGet(request.method())) {
            say(context, Answer.text(405, "Only GET and HEAD are answered here."));
        } else {
            desk.find(request.uri())
                    .ifPresentOrElse(
                            answer -> ask(context, answer),
                            () -> say(context, Answer.text(404, "There is nothing here.")));
        }
    }

    private static boolean hasBody(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    }

    private static boolean isGet(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /// Attack: a page in a browser whose name its owner lets point at this port, so that it may
    /// read what answers here (DNS rebinding). Whoever really asks on this machine says `localhost`
    /// or an address. Whoever asks from another says an address or a name that nobody can have in
    /// the public DNS, or, being no browser, none at all.
    ///
    /// `Sec-Fetch-Site` would not tell: browsers leave it out where the address is plain http
    /// (Fetch Metadata, section 2), and `Origin` where a page asks its own.
    private boolean isOurs(HttpHeaders headers) {
        if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            return false;
        }
        String host = headers.get(HttpHeaderNames.HOST, "").toLowerCase(Locale.ROOT);
        String name = host.replaceFirst(":\\d{1,5}$", "");
        return name.equals("localhost")
                || IpLiteral.parse(name.replaceFirst("^\\[(.*)]$", "$1")).isPresent()
                || (!isLocal && isOfNoPublicName(name));
    }

    private static boolean isOfNoPublicName(String name) {
        return !name.contains(".") || PRIVATE_NAMES.stream().anyMatch(name::endsWith);
    }

    /// As many of these wait at once as there may be connections.
    private static void ask(ChannelHandlerContext context, Supplier<Answer> answer) {
        Thread.ofVirtual()
                .name("management")
                .start(
                        () -> {
                            Answer said = orElseFailed(answer);
                            context.executor().execute(() -> say(context, said));
                        });
    }

    private static Answer orElseFailed(Supplier<Answer> answer) {
        try {
            return answer.get();
        } catch (RuntimeException bug) {
            LOG.error("event=management-failed", bug);
            return Answer.text(500, "That did not work; the log says more.");
        }
    }

    private static void say(ChannelHandlerContext context, Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set("x-content-type-options", "nosniff");
        if (answer.status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("event=management-failed", cause);
        }
        var _ = context.close();
    }
}
