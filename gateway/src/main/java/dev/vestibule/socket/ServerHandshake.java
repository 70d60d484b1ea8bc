package dev.vestibule.socket;

import dev.vestibule.proxy.SocketRequest;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/// Answers a client's websocket handshake (RFC 6455 section 4.2.2) and turns its channel from HTTP
/// to websocket.
final class ServerHandshake {

    private ServerHandshake() {}

    /// The gateway's own 101.
    static void answer(SocketRequest request, boolean isCompressed, ChannelHandler takesOver) {
        DefaultFullHttpResponse answer = switching(request);
        String key =
                String.valueOf(request.head().headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY));
        answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, UpstreamHandshake.accept(key));
        if (isCompressed) {
            answer.headers().set(Deflate.EXTENSION, Deflate.WITHOUT_CONTEXT);
        }
        turn(request.channel(), answer, takesOver);
    }

    /// The 101 of whoever is behind, with what it agreed to.
    static void passOn(SocketRequest request, HttpHeaders upstream, ChannelHandler takesOver) {
        DefaultFullHttpResponse answer = switching(request);
        for (String name :
                new String[] {
                    "sec-websocket-accept", "sec-websocket-protocol", Deflate.EXTENSION
                }) {
            if (upstream.contains(name)) {
                answer.headers().set(name, upstream.getAll(name));
            }
        }
        turn(request.channel(), answer, takesOver);
    }

    private static DefaultFullHttpResponse switching(SocketRequest request) {
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SWITCHING_PROTOCOLS,
                        Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.UPGRADE, "websocket")
                .set(HttpHeaderNames.CONNECTION, "Upgrade")
                .add(request.answerHeaders());
        return answer;
    }

    private static void turn(
            Channel client, DefaultFullHttpResponse answer, ChannelHandler takesOver) {
        var _ = client.writeAndFlush(answer);
        client.pipeline().remove(HttpResponseEncoder.class);
        client.pipeline().addLast(takesOver);
        client.pipeline().remove(HttpRequestDecoder.class);
    }
}
