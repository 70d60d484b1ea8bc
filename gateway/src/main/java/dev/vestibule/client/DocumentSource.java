package dev.vestibule.client;

import dev.vestibule.client.FetchedDocument.Unusable;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Fetches client ID metadata documents: over https, from the very address that was looked at, with
/// no redirect followed, in five seconds and ten kilobytes. Safe to share between threads.
///
/// A client of the JDK would resolve the name once more after it was judged, and a name server that
/// answers differently the second time would lead it into the house (DNS rebinding). So the
/// connection is made here, to the address that was judged.
final class DocumentSource {

    static final Duration DEADLINE = Duration.ofSeconds(5);

    /// More than any document needs; Home Assistant reads as much.
    static final int BYTES_MAX = 10_000;

    private static final int HEAD_MAX = 8_192;
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/(?:[a-z0-9.-]+\\+)?json(?:\\s*;.*)?");

    private final SSLContext tls;
    private final Predicate<InetAddress> forStrangers;
    private final Executor threads;
    private final Duration deadline;

    /// @param forStrangers which addresses a document may come from that nobody listed
    /// @param threads may wait
    DocumentSource(
            SSLContext tls,
            Predicate<InetAddress> forStrangers,
            Executor threads,
            Duration deadline) {
        this.tls = tls;
        this.forStrangers = forStrangers;
        this.threads = threads;
        this.deadline = deadline;
    }

    /// The document, or why there is none; never fails otherwise.
    ///
    /// @param isListed whether the operator wrote this address down
    /// @param done is run once nothing of it is under way any more, which may be later
    CompletableFuture<FetchedDocument> fetch(URI uri, boolean isListed, Runnable done) {
        Line line = new Line();
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return fetch(uri, isListed, line);
                            } finally {
                                line.close();
                                done.run();
                            }
                        },
                        threads)
                .completeOnTimeout(
                        new Unusable("no answer in time"),
                        deadline.toMillis(),
                        TimeUnit.MILLISECONDS)
                // What drips is cut, so that its thread ends too.
                .whenComplete((_, _) -> line.close());
    }

    private FetchedDocument fetch(URI uri, boolean isListed, Line line) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(bare(uri.getHost()));
            Predicate<InetAddress> allowed = isListed ? PublicAddresses::isUsable : forStrangers;
            if (!Arrays.stream(addresses).allMatch(allowed)) {
                return new Unusable("its name leads to an address that is not asked");
            }
            return ask(uri, line.connect(tls, uri, addresses[0], deadline));
        } catch (UnknownHostException unknown) {
            return new Unusable("its name is unknown");
        } catch (IOException broken) {
            return new Unusable("cannot be reached: " + broken.getClass().getSimpleName());
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static FetchedDocument ask(URI uri, Socket socket) throws IOException {
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String request =
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + uri.getRawAuthority()
                        + "\r\nAccept: application/json\r\nUser-Agent: Vestibule\r\n"
                        + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return read(socket.getInputStream());
    }

    /// Netty's reader of responses, fed from a plain socket.
    private static FetchedDocument read(InputStream in) throws IOException {
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(1_024).setMaxHeaderSize(HEAD_MAX);
        EmbeddedChannel reader =
                new EmbeddedChannel(
                        new HttpResponseDecoder(limits), new HttpObjectAggregator(BYTES_MAX));
        try {
            byte[] chunk = new byte[4_096];
            int total = 0;
            while (reader.inboundMessages().isEmpty()) {
                int count = in.read(chunk);
                total += Math.max(count, 0);
                if (total > BYTES_MAX + HEAD_MAX) {
                    return new Unusable("too large");
                }
                if (count < 0) {
                    reader.finish();
                    break;
                }
                reader.writeInbound(reader.alloc().buffer(count).writeBytes(chunk, 0, count));
            }
            return judged(reader.readInbound());
        } catch (TooLongFrameException huge) {
            return new Unusable("too large");
        } finally {
            reader.finishAndReleaseAll();
        }
    }

    private static FetchedDocument judged(@Nullable FullHttpResponse response) {
        if (response == null || response.decoderResult().isFailure()) {
            return new Unusable("no answer that can be read");
        }
        try {
            // A redirect is none of these: it would lead to whoever it names.
            if (response.status().code() != 200) {
                return new Unusable("answered " + response.status().code());
            }
            String type =
                    response.headers()
                            .get(HttpHeaderNames.CONTENT_TYPE, "")
                            .toLowerCase(Locale.ROOT);
            if (!JSON_TYPE.matcher(type).matches()
                    || response.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
                return new Unusable("no JSON");
            }
            byte[] body = new byte[response.content().readableBytes()];
            response.content().readBytes(body);
            return new FetchedDocument.Body(body);
        } finally {
            response.release();
        }
    }

    /// The connection of one fetch; closing it breaks off what is under way. Shared by the thread
    /// that fetches and the one that gives up.
    private static final class Line {

        private @Nullable Socket socket;
        private boolean isClosed;

        Socket connect(SSLContext tls, URI uri, InetAddress address, Duration deadline)
                throws IOException {
            int port = uri.getPort() < 0 ? 443 : uri.getPort();
            int millis = Math.toIntExact(deadline.toMillis());
            Socket plain = new Socket();
            hold(plain);
            plain.connect(new InetSocketAddress(address, port), millis);
            plain.setSoTimeout(millis);
            SSLSocket secured =
                    (SSLSocket)
                            tls.getSocketFactory()
                                    .createSocket(plain, bare(uri.getHost()), port, true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        }

        private synchronized void hold(Socket opened) throws IOException {
            socket = opened;
            if (isClosed) {
                opened.close();
                throw new IOException("given up");
            }
        }

        synchronized void close() {
            isClosed = true;
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException alreadyBroken) {
                    // It is closed all the same.
                }
            }
        }
    }
}
