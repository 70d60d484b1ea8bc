package dev.vestibule.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.connection.Shares;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.BrowserIds;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.proxy.SocketRequest.SocketKind;
import dev.vestibule.proxy.UpstreamAddress;
import dev.vestibule.secret.Secrets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

/// Somebody nobody knows yet, at the websocket: what they may cost before their token was judged.
class HomeSocketAttackTest {

    private static final HomeId HOME = new HomeId("home");
    private static final String AUTH = "{\"type\":\"auth\",\"access_token\":\"some-token\"}";

    private final Secrets secrets = new Secrets();
    private final BrowserIds browsers = new BrowserIds(secrets);
    private final Queue<Runnable> judging = new ArrayDeque<>();
    private final Clogging client = new Clogging();

    /// A client's connection that takes bytes, or leaves them.
    private static final class Clogging extends EmbeddedChannel {
        private boolean isClogged;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!isClogged) {
                super.doWrite(in);
            }
        }

        @Override
        public boolean isWritable() {
            return !isClogged && super.isWritable();
        }
    }

    @AfterEach
    void finish() {
        client.isClogged = false;
        client.finishAndReleaseAll();
    }

    private void open() {
        HomeSockets sockets =
                new HomeSockets(
                        secrets,
                        new ForwardRules(List.of()),
                        browsers,
                        judging::add,
                        10,
                        new RequestRefusals(
                                InstantSource.system(),
                                new AuthenticationFailures(InstantSource.system()),
                                new Meters()),
                        Map.of(
                                HOME,
                                new SocketHome(
                                        new UpstreamAddress(
                                                "127.0.0.1",
                                                1,
                                                new UpstreamAddress.Encryption.None()),
                                        () -> "2026.1.0",
                                        () -> false,
                                        new Shares(),
                                        (token, from) ->
                                                new SocketAdmission.Result.Judged(
                                                        new TokenJudgement.Dead(),
                                                        SocketRights.OTHER),
                                        (person, kind, members) ->
                                                new OwnTokenCommands.Answer.Failure(
                                                        "not_allowed", "no"))));
        client.pipeline().addLast(new HttpRequestDecoder(), new HttpResponseEncoder());
        HttpRequest head =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/api/websocket");
        head.headers()
                .set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .set("Sec-WebSocket-Extensions", "permessage-deflate");
        sockets.accept(
                new SocketRequest(
                        "1",
                        new SocketKind.HomeAssistant(),
                        client,
                        head,
                        RequestTarget.parse("/api/websocket"),
                        new DefaultHttpHeaders(),
                        HOME,
                        new Origin("https", "home.example", 443),
                        new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.7")),
                        ClientCertificate.NONE,
                        browsers.create()));
    }

    private void send(byte[]... frames) {
        client.writeInbound(Unpooled.wrappedBuffer(frames));
    }

    /// A frame of a client whose mask is zero.
    private static byte[] frame(int first, byte[] payload) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeByte(first);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        }
        frame.writeInt(0).writeBytes(payload);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }

    private static byte[] text(String message) {
        return frame(0x81, message.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] inflatingTo(int length) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[length]);
        byte[] buffer = new byte[length];
        int count = deflater.deflate(buffer, 0, length, Deflater.SYNC_FLUSH);
        deflater.end();
        return frame(0xC1, Arrays.copyOf(buffer, count - 4));
    }

    /// Everything that was sent to the client so far.
    private String sent() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf part = client.readOutbound(); part != null; part = client.readOutbound()) {
            byte[] bytes = new byte[part.readableBytes()];
            part.readBytes(bytes);
            all.writeBytes(bytes);
            part.release();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean endsWithClose(String sent, int code, String reason) {
        String frame =
                "\u0088"
                        + (char) (2 + reason.length())
                        + (char) (code >> 8)
                        + (char) (code & 255)
                        + reason;
        return sent.endsWith(frame);
    }

    @Test
    void whoShowsNoTokenIsClosedAfterTenSeconds() {
        open();
        client.advanceTimeBy(9, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(client.isOpen()).isTrue();

        client.advanceTimeBy(2, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();

        assertThat(endsWithClose(sent(), 1008, "no authentication")).isTrue();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aTokenIsAskedForBeforeAnythingIsAnswered() {
        open();
        send(text("nonsense"));

        assertThat(sent())
                .containsSubsequence(
                        "101 Switching",
                        "auth_required",
                        "auth_invalid",
                        "\u0088\u0002\u0003\u00f0");
    }

    @Test
    void messagesThatWaitBehindATokenAreBoundedWhenInflated() {
        open();
        List<byte[]> burst = new ArrayList<>(List.of(text(AUTH)));
        for (int i = 0; i < 20; i++) {
            burst.add(inflatingTo(8_000));
        }

        send(burst.toArray(byte[][]::new));

        assertThat(endsWithClose(sent(), 1008, "too much before the token was judged")).isTrue();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void manyEmptyMessagesBehindATokenAreBoundedToo() {
        open();
        List<byte[]> burst = new ArrayList<>(List.of(text(AUTH)));
        for (int i = 0; i < 65; i++) {
            burst.add(text(""));
        }

        send(burst.toArray(byte[][]::new));

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aFewMessagesMayWaitBehindATokenAndNothingIsReadMeanwhile() {
        open();

        send(text(AUTH), text("{\"id\":1,\"type\":\"supported_features\"}"));

        assertThat(client.isOpen()).isTrue();
        assertThat(client.config().isAutoRead()).isFalse();
        assertThat(judging).hasSize(1);
    }

    @Test
    void aFirstMessageThatIsLongIsRefused() {
        open();

        send(text("{\"type\":\"auth\",\"access_token\":\"" + "a".repeat(9_000) + "\"}"));

        assertThat(endsWithClose(sent(), 1009, "a message is too long")).isTrue();
        assertThat(judging).isEmpty();
    }

    @Test
    void aTokenInABinaryMessageIsNone() {
        open();

        send(frame(0x82, AUTH.getBytes(StandardCharsets.UTF_8)));

        assertThat(sent()).contains("auth_invalid");
        assertThat(judging).isEmpty();
    }

    @Test
    void pingsWhoseAnswersAreNotReadAreNotRead() {
        open();
        client.isClogged = true;

        send(frame(0x89, new byte[100]));

        assertThat(client.config().isAutoRead()).isFalse();
    }

    @Test
    void whoDoesNotReadTheEndIsCutOff() {
        open();
        client.isClogged = true;
        client.advanceTimeBy(11, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
        assertThat(client.isOpen()).isTrue();

        client.advanceTimeBy(6, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aDeadTokenIsSaidToBeInvalidAndTheSocketClosesWith1008() {
        open();
        send(text(AUTH));

        judging.remove().run();
        client.runPendingTasks();

        assertThat(sent()).contains("auth_invalid").endsWith("\u0088\u0002\u0003\u00f0");
    }
}
