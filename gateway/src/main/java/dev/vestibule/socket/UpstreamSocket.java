package dev.vestibule.socket;

import dev.vestibule.secret.Secrets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

import java.util.ArrayDeque;
import java.util.Queue;

/// Home Assistant's side of a [HomeSocket]: takes its greeting, shows the token, and from then on
/// relays its bytes as they come, following only where frames and messages begin and end. A message
/// of any length passes without being collected.
final class UpstreamSocket extends ChannelInboundHandlerAdapter {

    private static final int GREETING_BYTES_MAX = 16 * 1024;

    /// How far Home Assistant's greeting is.
    private enum Stage {
        GREETING,
        ANSWERING,
        RELAYING
    }

    private final HomeSocket socket;
    private final Channel channel;
    private final Secrets secrets;
    private final String accessToken;
    private final FrameParser greeting;
    private final FrameParser tracker = new FrameParser(false, new Tracking());
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private Stage stage = Stage.GREETING;
    private boolean isMessageUnderWay;
    private boolean hasClosed;

    UpstreamSocket(
            HomeSocket socket,
            Channel channel,
            Secrets secrets,
            boolean isCompressed,
            String accessToken) {
        this.socket = socket;
        this.channel = channel;
        this.secrets = secrets;
        this.accessToken = accessToken;
        this.greeting =
                new FrameParser(
                        false,
                        new MessageAssembler(
                                isCompressed,
                                GREETING_BYTES_MAX,
                                new MessageMemory(0),
                                this::onGreeting));
    }

    private final class Tracking implements FrameParser.Sink {
        @Override
        public void onHeader(FrameHeader header) {
            if (!header.isControl()) {
                isMessageUnderWay = true;
            }
            hasClosed |= header.opcode() == FrameHeader.CLOSE;
        }

        @Override
        public void onPayload(FrameHeader header, ByteBuf part, boolean isLast) {
            if (isLast && header.isFinal() && !header.isControl()) {
                isMessageUnderWay = false;
            }
        }
    }

    /// Whether Home Assistant's own close frame has been relayed, behind which nothing may follow.
    boolean hasClosed() {
        return hasClosed;
    }

    boolean hasSentAnswers() {
        return answers.isEmpty();
    }

    boolean isBetweenFrames() {
        return tracker.isBetweenFrames();
    }

    boolean isBetweenMessages() {
        return isBetweenFrames() && !isMessageUnderWay;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (stage != Stage.RELAYING && bytes.isReadable()) {
                greeting.parse(bytes.readSlice(1));
            }
            if (stage == Stage.RELAYING && bytes.isReadable()) {
                relay(bytes);
            }
        } catch (FrameViolation violation) {
            var _ = context.close();
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// The greeting is read byte by byte, so that what follows it is not touched.
    private void onGreeting(int opcode, byte[] payload) {
        switch (opcode) {
            case FrameHeader.PING -> send(FrameHeader.PONG, payload);
            case FrameHeader.PONG -> {}
            case FrameHeader.TEXT -> onGreeting(payload);
            default -> close();
        }
    }

    private void onGreeting(byte[] payload) {
        if (stage == Stage.GREETING) {
            // Home Assistant's own auth_required: the client has had ours.
            stage = Stage.ANSWERING;
            send(FrameHeader.TEXT, ClientCommands.auth(accessToken));
            return;
        }
        stage = Stage.RELAYING;
        socket.send(FrameHeader.TEXT, payload);
        if (ClientCommands.typeOfTree(payload).equals("auth_ok")) {
            socket.onAccepted();
        } else {
            socket.onRefused(accessToken);
        }
    }

    private void relay(ByteBuf bytes) {
        int start = bytes.readerIndex();
        tracker.parse(bytes);
        socket.relay(bytes.readerIndex(start).retain());
        sendAnswers();
    }

    /// Puts a message of our own between two of Home Assistant's.
    void answerBetweenMessages(byte[] message) {
        answers.add(message);
        sendAnswers();
    }

    private void sendAnswers() {
        while (isBetweenMessages() && !answers.isEmpty()) {
            socket.send(FrameHeader.TEXT, answers.remove());
        }
    }

    void send(int opcode, byte[] payload) {
        var _ = channel.writeAndFlush(Frames.fromClient(channel.alloc(), secrets, opcode, payload));
    }

    void readOnlyWhile(boolean isClientWritable) {
        channel.config().setAutoRead(isClientWritable);
    }

    void close() {
        var _ = channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        socket.readOnlyWhile(channel.isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        socket.onUpstreamClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
