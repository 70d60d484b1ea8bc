package dev.vestibule.socket;

import dev.vestibule.audit.WayIn;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.log.RequestScope;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.Presence;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.proxy.ForwardRules.OnBehalf;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.secret.Secret;
import dev.vestibule.socket.ClientCommands.Handled;
import dev.vestibule.socket.OwnTokenCommands.Person;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// One client's `/api/websocket`, from the handshake to the close. Everything happens on the event
/// loop of the client's channel, but for the judging of the token.
///
/// Three stages: the client shows its token; Home Assistant is connected as its owner; messages
/// pass. Until the last one has begun nothing of the client has reached Home Assistant.
final class HomeSocket extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HomeSocket.class);

    /// Home Assistant waits as long for the token.
    private static final int AUTH_SECONDS_MAX = 10;

    /// A token of the longest that is judged, with room to spare.
    private static final int AUTH_BYTES_MAX = 8 * 1024;

    /// What a client may say before its token was judged, inflated. Real ones wait for `auth_ok`.
    private static final int EARLY_BYTES_MAX = 64 * 1024;

    private static final int EARLY_MAX = 64;

    /// From the judged token to Home Assistant's word for it.
    private static final int CONNECTING_SECONDS_MAX = 30;

    /// For the last frames to leave; whoever does not read them then is cut off.
    private static final int CLOSING_SECONDS_MAX = 5;

    /// Answers of ours that a client may leave unread.
    private static final int UNREAD_ANSWERS_MAX = 1_000;

    /// Home Assistant's own server takes as much (the default of aiohttp); what is longer would end
    /// there.
    private static final int MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

    private static final int GOING_AWAY = 1001;
    private static final String TRY_AGAIN = "try again later";
    private static final String DEAD = "dead-credential";

    /// How far the socket is.
    private enum Stage {
        AUTHENTICATING,
        JUDGING,
        CONNECTING,
        OPEN,
        CLOSED
    }

    private final HomeSockets sockets;
    private final SocketHome home;
    private final SocketRequest request;
    private final Channel client;
    private final Executor waiting;
    private final boolean isCompressed;
    private final FrameParser parser;
    private final MessageAssembler assembler;
    private final Queue<Runnable> early = new ArrayDeque<>();
    private int earlyBytes;
    private int unreadAnswers;
    private boolean isClientDone;
    private Stage stage = Stage.AUTHENTICATING;
    private SocketRights rights = SocketRights.OTHER;
    private @Nullable LiveGrant grant;
    private Connections.@Nullable Registration registration;
    private @Nullable UpstreamSocket upstream;
    private @Nullable OwnTokenQueue ownTokens;

    HomeSocket(HomeSockets sockets, SocketHome home, SocketRequest request) {
        this.sockets = sockets;
        this.home = home;
        this.request = request;
        this.client = request.channel();
        this.waiting =
                work -> sockets.waiting().execute(() -> RequestScope.run(request.id(), work));
        this.isCompressed = Deflate.accepts(request.head().headers().getAll(Deflate.EXTENSION));
        this.assembler =
                new MessageAssembler(
                        isCompressed, AUTH_BYTES_MAX, sockets.memory(), this::onMessage);
        this.parser = new FrameParser(true, assembler);
    }

    void begin() {
        ServerHandshake.answer(request, isCompressed, this);
        var _ =
                client.eventLoop()
                        .schedule(this::onAuthTimeout, AUTH_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// Behind the 101 and before anything that the client may have sent already.
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        send(FrameHeader.TEXT, ClientCommands.authRequired(home.version().get()));
    }

    private void onAuthTimeout() {
        if (stage == Stage.AUTHENTICATING) {
            close(FrameViolation.POLICY_VIOLATION, "no authentication");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        try {
            if (stage != Stage.CLOSED) {
                parser.parse((ByteBuf) bytes);
            }
        } catch (FrameViolation violation) {
            onViolation(violation);
        } finally {
            ReferenceCountUtil.release(bytes);
        }
    }

    private void onViolation(FrameViolation violation) {
        LOG.debug(
                "event=socket-violation request={} reason={}",
                request.id(),
                violation.getMessage());
        close(violation.closeCode(), String.valueOf(violation.getMessage()));
    }

    private void onMessage(int opcode, byte[] payload) {
        switch (stage) {
            case AUTHENTICATING -> authenticate(opcode, payload);
            case JUDGING, CONNECTING -> keep(opcode, payload);
            case OPEN -> forward(opcode, payload);
            case CLOSED -> {}
        }
    }

    /// Attack: an unknown client that lets much wait behind its token, small on the wire and large
    /// when it is inflated.
    private void keep(int opcode, byte[] payload) {
        earlyBytes += payload.length;
        if (earlyBytes > EARLY_BYTES_MAX || early.size() == EARLY_MAX) {
            throw new FrameViolation(
                    FrameViolation.POLICY_VIOLATION, "too much before the token was judged");
        }
        early.add(() -> onMessage(opcode, payload));
    }

    /// The first message decides; Home Assistant says the same to anything else.
    private void authenticate(int opcode, byte[] payload) {
        switch (opcode) {
            case FrameHeader.PING -> pong(payload);
            case FrameHeader.PONG -> {}
            case FrameHeader.CLOSE -> close(FrameViolation.POLICY_VIOLATION, "");
            case FrameHeader.BINARY -> refuse("Auth message incorrectly formatted");
            default ->
                    ClientCommands.tokenOf(payload)
                            .ifPresentOrElse(
                                    this::judge,
                                    () -> refuse("Auth message incorrectly formatted"));
        }
    }

    /// Attack: pings whose answers nobody reads.
    private void pong(byte[] payload) {
        send(FrameHeader.PONG, payload);
        client.config().setAutoRead(client.isWritable());
    }

    private void judge(String accessToken) {
        stage = Stage.JUDGING;
        client.config().setAutoRead(false);
        waiting.execute(
                () -> {
                    SocketAdmission.Result result =
                            home.admission()
                                    .admit(
                                            accessToken,
                                            new Presence(request.client(), request.certificate()));
                    client.eventLoop().execute(() -> onJudged(accessToken, result));
                });
    }

    private void onJudged(String accessToken, SocketAdmission.Result result) {
        if (stage != Stage.JUDGING) {
            return;
        }
        switch (result) {
            case SocketAdmission.Result.Judged(var judgement, var found) -> {
                rights = found;
                onJudged(accessToken, judgement);
            }
            case SocketAdmission.Result.Elsewhere() -> {
                sockets.refusals()
                        .refused(
                                Refusal.NOT_AT_ITS_PLACE.code(),
                                "socket",
                                request.id(),
                                request.client());
                close(FrameViolation.POLICY_VIOLATION, "not at its place");
            }
        }
    }

    private void onJudged(String accessToken, TokenJudgement judgement) {
        switch (judgement) {
            case TokenJudgement.Live(var live) -> enter(live, accessToken);
            case TokenJudgement.Dead() -> {
                noteDead();
                refuse("Invalid access token or password");
            }
            case TokenJudgement.Unjudgeable(var why) -> {
                LOG.debug("event=socket-unjudgeable request={} reason={}", request.id(), why);
                sockets.refusals().refused("unjudgeable", "socket", request.id(), request.client());
                close(FrameViolation.TRY_AGAIN_LATER, TRY_AGAIN);
            }
        }
    }

    /// Attack: a page of somebody else opens a socket and shows nonsense, so that whoever reads the
    /// page is banned.
    private void noteDead() {
        String page = request.head().headers().get(HttpHeaderNames.ORIGIN, "");
        if (page.isEmpty() || page.equals(request.origin().toString())) {
            sockets.refusals().failed(WayIn.TOKEN, DEAD, "socket", request.id(), request.client());
        } else {
            sockets.refusals().refused(DEAD, "socket", request.id(), request.client());
        }
    }

    /// Registers first and looks afterwards: an end that comes in between cuts this connection, or
    /// is seen here.
    private void enter(LiveGrant live, String accessToken) {
        if (!sockets.tryEnter(live)) {
            close(FrameViolation.TRY_AGAIN_LATER, "too many connections");
            return;
        }
        grant = live;
        stage = Stage.CONNECTING;
        registration = live.connections().register(reason -> onCut(reason));
        if (live.isHeld() || home.isLeft()) {
            close(FrameViolation.TRY_AGAIN_LATER, TRY_AGAIN);
        } else if (live.isLive()) {
            connect(accessToken, isCompressed);
            var _ =
                    client.eventLoop()
                            .schedule(
                                    this::onConnectingTimeout,
                                    CONNECTING_SECONDS_MAX,
                                    TimeUnit.SECONDS);
        }
    }

    private void onConnectingTimeout() {
        if (stage == Stage.CONNECTING) {
            onUnreachable("it did not answer the token in time");
        }
    }

    private void connect(String accessToken, boolean isCompressionOffered) {
        HttpHeaders headers =
                sockets.rules()
                        .toUpstream(
                                request.head().headers(),
                                new OnBehalf(
                                        request.origin(),
                                        request.client(),
                                        home.namesClient().getAsBoolean(),
                                        RouteClass.SOCKET));
        headers.set(
                HttpHeaderNames.SEC_WEBSOCKET_KEY,
                Base64.getEncoder().encodeToString(sockets.secrets().randomBytes(16)));
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        if (isCompressionOffered) {
            headers.set(Deflate.EXTENSION, Deflate.WITHOUT_CONTEXT);
        }
        UpstreamHandshake.begin(
                client,
                home.address(),
                "/api/websocket",
                headers,
                new UpstreamHandshake.Outcome() {
                    @Override
                    public boolean isWanted() {
                        return stage == Stage.CONNECTING;
                    }

                    @Override
                    public ChannelHandler opened(Channel channel, HttpHeaders answer) {
                        return onConnected(channel, answer, accessToken);
                    }

                    @Override
                    public void failed(String reason) {
                        onUnreachable(reason);
                    }
                });
    }

    private ChannelHandler onConnected(Channel channel, HttpHeaders answer, String accessToken) {
        Deflate.Agreement agreement =
                Deflate.read(java.util.Optional.ofNullable(answer.get(Deflate.EXTENSION)));
        if (stage != Stage.CONNECTING || agreement == Deflate.Agreement.UNUSABLE) {
            var _ = channel.close();
            if (stage == Stage.CONNECTING) {
                connect(accessToken, false);
            }
            return new ChannelInboundHandlerAdapter();
        }
        UpstreamSocket opened =
                new UpstreamSocket(
                        this,
                        channel,
                        sockets.secrets(),
                        agreement == Deflate.Agreement.COMPRESSED,
                        accessToken);
        upstream = opened;
        ownTokens = ownTokens(opened, accessToken);
        return opened;
    }

    private @Nullable OwnTokenQueue ownTokens(UpstreamSocket there, String accessToken) {
        LiveGrant live = grant;
        return live == null
                ? null
                : new OwnTokenQueue(
                        home.ownTokens(),
                        new Person(live, new Secret(accessToken), request.client()),
                        waiting,
                        client.eventLoop(),
                        answer -> answerOwn(there, answer));
    }

    private void onUnreachable(String reason) {
        LOG.warn("event=socket-upstream-away request={} reason={}", request.id(), reason);
        close(FrameViolation.TRY_AGAIN_LATER, TRY_AGAIN);
    }

    /// Home Assistant has accepted the token: from here on messages pass.
    void onAccepted() {
        LiveGrant live = grant;
        if (stage != Stage.CONNECTING || live == null) {
            return;
        }
        stage = Stage.OPEN;
        sockets.browsers().bind(request.browser(), live);
        assembler.allow(MESSAGE_BYTES_MAX);
        for (Runnable message = early.poll(); message != null; message = early.poll()) {
            message.run();
        }
        client.config().setAutoRead(true);
    }

    /// Home Assistant does not accept the token, and has said so to the client.
    void onRefused(String accessToken) {
        home.admission().refused(accessToken);
        close(FrameViolation.POLICY_VIOLATION, "");
    }

    private void forward(int opcode, byte[] payload) {
        UpstreamSocket there = upstream;
        OwnTokenQueue own = ownTokens;
        if (there == null || own == null || isClientDone) {
            return;
        }
        isClientDone = opcode == FrameHeader.CLOSE;
        if (opcode != FrameHeader.TEXT) {
            there.send(opcode, payload);
            return;
        }
        Handled handled = sockets.commands().handle(payload, rights);
        handled.toHomeAssistant().ifPresent(message -> there.send(FrameHeader.TEXT, message));
        handled.toClient().forEach(answer -> answer(there, answer));
        handled.here().forEach(own::add);
    }

    /// Attack: commands that are refused, by a client that does not read the refusals. Reading
    /// stops for nobody: a client that writes before it reads would wait for ever.
    private void answer(UpstreamSocket there, byte[] message) {
        unreadAnswers++;
        if (unreadAnswers > UNREAD_ANSWERS_MAX) {
            throw new FrameViolation(
                    FrameViolation.POLICY_VIOLATION, "too many answers are not read");
        }
        there.answerBetweenMessages(message);
        if (there.hasSentAnswers() && client.isWritable()) {
            unreadAnswers = 0;
        }
    }

    /// As [#answer], at any time.
    private void answerOwn(UpstreamSocket there, byte[] message) {
        try {
            answer(there, message);
        } catch (FrameViolation violation) {
            onViolation(violation);
        }
    }

    /// Relays bytes of Home Assistant as they are.
    void relay(ByteBuf bytes) {
        var _ = client.writeAndFlush(bytes);
    }

    Channel client() {
        return client;
    }

    void onUpstreamClosed() {
        if (stage == Stage.CONNECTING) {
            onUnreachable("it closed the connection before it answered the token");
        } else if (stage == Stage.OPEN) {
            close(GOING_AWAY, "");
        }
    }

    /// The grant has ended. Called from any thread.
    private void onCut(Cut reason) {
        client.eventLoop()
                .execute(
                        () -> {
                            LOG.info("event=socket-cut request={} reason={}", request.id(), reason);
                            onCutHere(reason);
                        });
    }

    private void onCutHere(Cut reason) {
        switch (reason) {
            case ENDED, SUSPENDED -> refuse("Access has ended");
            // The token lives: clients come back by themselves.
            case DEMOTED, INTERRUPTED -> close(FrameViolation.TRY_AGAIN_LATER, TRY_AGAIN);
        }
    }

    /// Says `auth_invalid`, which clients take for the end of their token, and closes.
    private void refuse(String message) {
        if (stage == Stage.CLOSED) {
            return;
        }
        UpstreamSocket there = upstream;
        if (there == null || there.isBetweenMessages()) {
            lastWords(FrameHeader.TEXT, ClientCommands.authInvalid(message));
        }
        close(FrameViolation.POLICY_VIOLATION, "");
    }

    private void close(int code, String reason) {
        if (stage == Stage.CLOSED) {
            return;
        }
        stage = Stage.CLOSED;
        UpstreamSocket there = upstream;
        if (there == null || (there.isBetweenFrames() && !there.hasClosed())) {
            lastWords(FrameHeader.CLOSE, Frames.close(code, reason));
        }
        client.writeAndFlush(client.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        client.config().setAutoRead(true);
        // Attack: a client that never reads would keep its connection for good.
        var _ = client.eventLoop().schedule(this::cutOff, CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
        release();
    }

    private void cutOff() {
        var _ = client.close();
    }

    private void release() {
        early.clear();
        assembler.close();
        if (registration != null) {
            registration.close();
            registration = null;
        }
        if (grant != null) {
            sockets.leave(grant);
            grant = null;
        }
        if (ownTokens != null) {
            ownTokens.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    /// What leaves with the end, all at once.
    private void lastWords(int opcode, byte[] payload) {
        var _ = client.write(Frames.fromServer(client.alloc(), opcode, payload));
    }

    void send(int opcode, byte[] payload) {
        var _ = client.writeAndFlush(Frames.fromServer(client.alloc(), opcode, payload));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (stage != Stage.CLOSED) {
            stage = Stage.CLOSED;
            release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (upstream != null) {
            upstream.readOnlyWhile(client.isWritable());
        } else if (stage == Stage.AUTHENTICATING) {
            client.config().setAutoRead(client.isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    /// Reads from the client only while Home Assistant takes what is sent.
    void readOnlyWhile(boolean isUpstreamWritable) {
        if (stage == Stage.OPEN) {
            client.config().setAutoRead(isUpstreamWritable);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("event=socket-broken request={}", request.id(), cause);
        var _ = context.close();
    }
}
