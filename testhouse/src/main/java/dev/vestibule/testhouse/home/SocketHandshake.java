package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.PerMessageDeflate.Agreement;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Turns an HTTP connection into a websocket (RFC 6455 section 4.2).
final class SocketHandshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private SocketHandshake() {}

    /// Why a request cannot become a websocket, or nothing.
    static Optional<Answer> refusal(HomeRequest request) {
        String upgrade = request.header("Upgrade").orElse("None");
        if (!upgrade.strip().toLowerCase(Locale.ROOT).equals("websocket")) {
            return Optional.of(
                    Answer.text(
                            400,
                            "No WebSocket UPGRADE hdr: %s\n Can \"Upgrade\" only to \"WebSocket\"."
                                    .formatted(upgrade)));
        }
        String connection = request.header("Connection").orElse("None");
        if (!connection.toLowerCase(Locale.ROOT).contains("upgrade")) {
            return Optional.of(Answer.text(400, "No CONNECTION upgrade hdr: " + connection));
        }
        String version = request.header("Sec-WebSocket-Version").orElse("");
        if (!version.equals("13")) {
            return Optional.of(Answer.text(400, "Unsupported version: " + version));
        }
        return hasKey(request)
                ? Optional.empty()
                : Optional.of(Answer.text(400, "Handshake error: there is no good key"));
    }

    private static boolean hasKey(HomeRequest request) {
        try {
            String key = request.header("Sec-WebSocket-Key").orElse("");
            return Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    static void complete(
            Server server, Channel channel, HttpRequest head, SocketKind kind, InetAddress remote) {
        Optional<Agreement> agreement =
                PerMessageDeflate.negotiate(
                        head.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SWITCHING_PROTOCOLS,
                        Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, "websocket")
                .set(HttpHeaderNames.CONNECTION, "upgrade")
                .set(
                        HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
                        accept(head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "")));
        agreement.ifPresent(
                one ->
                        response.headers()
                                .set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, one.header()));
        var _ = channel.writeAndFlush(response);
        replaceHandlers(server, channel, agreement, kind, remote);
    }

    private static void replaceHandlers(
            Server server,
            Channel channel,
            Optional<Agreement> agreement,
            SocketKind kind,
            InetAddress remote) {
        int bytesMax = server.house().options().inboundMessageBytesMax();
        var decoding =
                WebSocketDecoderConfig.newBuilder()
                        .allowExtensions(true)
                        .expectMaskedFrames(true)
                        .maxFramePayloadLength(bytesMax)
                        .closeOnProtocolViolation(true)
                        .withUTF8Validator(false)
                        .build();
        var transport =
                new SocketTransport(channel, agreement.map(PerMessageDeflate::new), bytesMax);
        var pipeline = channel.pipeline();
        pipeline.addLast(new WebSocket13FrameDecoder(decoding))
                .addLast(new WebSocket13FrameEncoder(false))
                .addLast(transport);
        pipeline.remove(HttpConnection.class);
        pipeline.remove(HttpServerCodec.class);
        switch (kind) {
            case HOME -> new SocketConnection(server, transport, remote).open();
            case ADD_ON -> new AddOnSocket(transport).open();
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
