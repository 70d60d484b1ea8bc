package dev.vestibule.gate;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Connections.Registration;
import dev.vestibule.connection.Cut;
import dev.vestibule.http.Problems;
import dev.vestibule.http.Response;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.Caller;
import dev.vestibule.proxy.Downstream;
import dev.vestibule.proxy.Exchange;
import dev.vestibule.proxy.ProxyRequest;
import dev.vestibule.proxy.UpstreamFailure;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// Passes a request to Home Assistant and the answer back, both as they flow. Registered with the
/// caller's connections, so that the end of the caller's access is the end of the stream.
final class Proxying implements Turn, Downstream {

    /// How much one session or grant, or one network where there is none, may have under way at
    /// once: more than a browser, a script or a wall of cameras ever has, and too little to take
    /// all connections there are.
    static final int OPEN_MAX = 512;

    private final ClientConnection connection;
    private final Channel channel;
    private final RequestHead head;
    private @Nullable Exchange exchange;
    private @Nullable Registration registration;
    private final IntConsumer answered;
    private final Consumer<Refusal> refusing;
    private boolean isAnswered;
    private boolean isKeepAlive;
    private boolean isContinued;
    private boolean isEndedByClosing;

    /// @param answered hears the status of Home Assistant's answer
    /// @param refusing answers in the place of Home Assistant
    Proxying(
            ClientConnection connection,
            RequestHead head,
            IntConsumer answered,
            Consumer<Refusal> refusing) {
        this.answered = answered;
        this.refusing = refusing;
        this.connection = connection;
        this.channel = connection.channel();
        this.head = head;
    }

    /// Registers first, looks afterwards, and only then begins: no byte leaves for a caller whose
    /// access has ended meanwhile, nor for anybody once the house is being left. Whatever shuts a
    /// door does so first, and cuts what is registered afterwards. Becomes the connection's turn
    /// unless it refuses.
    ///
    /// @param preparing gets the client's side of the exchange, which is this turn or a wrapper of
    ///   it
    void begin(Caller caller, Passage passage, Function<Downstream, Exchange> preparing) {
        Connections connections = passage.connections(head, caller);
        if (connections.count() >= OPEN_MAX) {
            connection.answer(head, Refusals.busy(head));
            return;
        }
        // Sends nothing yet. Where it fails, nothing is registered that nobody would take back.
        Exchange prepared = preparing.apply(this);
        registration = connections.register(this::cut);
        Optional<Refusal> refusal = refusal(caller, passage, connections);
        if (refusal.isPresent()) {
            leave();
            refusing.accept(refusal.get());
            return;
        }
        if (!(head.body() instanceof ProxyRequest.Body.None)) {
            connection.setReading(false);
        }
        exchange = prepared;
        connection.become(this);
        prepared.begin();
    }

    /// What has come in between. Never 401 for who showed nothing that could be dead: the end that
    /// was seen is perhaps somebody else's.
    private Optional<Refusal> refusal(Caller caller, Passage passage, Connections connections) {
        if (passage.isLeft(head.home())) {
            return Optional.of(Refusal.HOUSE_LEFT);
        }
        if (!connections.isLive()) {
            return Optional.of(caller.isOneOfMany() ? Refusal.UNJUDGEABLE : Refusal.NO_CREDENTIAL);
        }
        return caller.isHeld() ? Optional.of(Refusal.UNJUDGEABLE) : Optional.empty();
    }

    private void cut(Cut reason) {
        channel.eventLoop().execute(this::cutNow);
    }

    private void cutNow() {
        if (connection.isIn(this)) {
            var _ = channel.close();
        }
    }

    @Override
    public void content(HttpContent content) {
        if (exchange == null || head.body() instanceof ProxyRequest.Body.None) {
            content.release();
            return;
        }
        boolean isLast = content instanceof LastHttpContent;
        exchange.send(content);
        if (isLast && connection.isIn(this)) {
            // Without native epoll nothing but reading shows that the client has gone.
            connection.setReading(true);
        }
    }

    @Override
    public boolean mayTakeLong() {
        return true;
    }

    @Override
    public void readComplete() {
        if (exchange == null || connection.isRequestOver()) {
            if (exchange != null) {
                exchange.flush();
            }
            return;
        }
        exchange.flush();
        if (!exchange.isWritable()) {
            connection.setReading(false);
        }
    }

    @Override
    public void writable() {
        if (exchange != null) {
            exchange.resume();
        }
    }

    @Override
    public void gone() {
        leave();
        if (exchange != null) {
            exchange.abort();
        }
    }

    private void leave() {
        if (registration != null) {
            registration.close();
        }
    }

    @Override
    public void readMore() {
        if (!connection.isIn(this)) {
            return;
        }
        if (head.awaitsContinue() && !isContinued && !isAnswered) {
            isContinued = true;
            connection.sayContinue();
        }
        connection.setReading(true);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    /// From here on: nothing is said for a request that is over, by whoever held it back.
    @Override
    public void answer(HttpResponse fromUpstream) {
        if (!connection.isIn(this)) {
            return;
        }
        isAnswered = true;
        connection.streamBegins(fromUpstream.status().code());
        // An answer that overtakes the request ends the connection: what is still to come of the
        // request would otherwise be read as the next one.
        isKeepAlive = head.isKeepAlive() && connection.isRequestOver();
        HttpHeaders headers = fromUpstream.headers();
        int status = fromUpstream.status().code();
        answered.accept(status);
        boolean hasLength =
                headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        || head.isHead()
                        || status == 204
                        || status == 304;
        if (!hasLength) {
            if (head.raw().protocolVersion().minorVersion() == 1) {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            } else {
                isKeepAlive = false;
                isEndedByClosing = true;
                channel.pipeline().addLast(new SeenCut());
            }
        }
        if (!isKeepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        connection.write(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, fromUpstream.status(), headers));
    }

    @Override
    public void body(HttpContent content) {
        if (!connection.isIn(this)) {
            content.release();
            return;
        }
        if (!(content instanceof LastHttpContent)) {
            connection.write(content);
            return;
        }
        // Trailers are not passed on: nobody behind expects them, and they could carry anything.
        if (content.content().isReadable()) {
            connection.write(new DefaultHttpContent(content.content()));
        } else {
            content.release();
        }
        end();
        leave();
        connection.finish(this, isKeepAlive);
    }

    private void end() {
        if (!isEndedByClosing) {
            connection.write(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        channel.write(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(
                        sent -> {
                            if (sent.isSuccess()) {
                                channel.pipeline().remove(SeenCut.class);
                            }
                        });
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void failed(UpstreamFailure failure) {
        leave();
        if (!connection.isIn(this)) {
            return;
        }
        if (isAnswered) {
            var _ = channel.close();
            return;
        }
        connection.answer(head, unavailable(failure));
    }

    private Response unavailable(UpstreamFailure failure) {
        return switch (failure) {
            case UNREACHABLE -> problem(503, "unreachable");
            case BUSY -> problem(503, "crowded");
            case BROKEN -> problem(502, "broken");
            case DOUBTFUL -> problem(502, "doubtful");
            case SILENT -> problem(504, "silent");
        };
    }

    private Response problem(int status, String key) {
        Response response =
                Problems.answer(
                        head.problemForm(), status, text("problem.upstream-" + key), head.id());
        return status == 503 ? response.with("retry-after", "5") : response;
    }
}
