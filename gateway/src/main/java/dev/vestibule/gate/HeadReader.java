package dev.vestibule.gate;

import dev.vestibule.http.BadRequest;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientAddressResolver;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.network.ClientCertificateResolver;
import dev.vestibule.network.ForwardingHeaders;
import dev.vestibule.proxy.NameTable;
import dev.vestibule.proxy.ProxyRequest;
import dev.vestibule.secret.Secrets;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns what the decoder read into a [RequestHead], or says why that cannot be done. Safe to share
/// between threads.
public final class HeadReader {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /// For the `Allow` header.
    static final String SERVED = METHODS.stream().sorted().collect(Collectors.joining(", "));

    /// Two of these are two readings of one request.
    private static final List<String> SINGLE_NAMES =
            List.of(
                    "host",
                    "authorization",
                    "cookie",
                    "content-length",
                    "transfer-encoding",
                    "content-type",
                    "content-encoding",
                    "expect",
                    "origin",
                    "sec-websocket-key",
                    "sec-websocket-version",
                    "sec-fetch-site",
                    "sec-fetch-mode");

    private static final NameTable SINGLE = new NameTable(SINGLE_NAMES);

    private static final NameTable FORWARDING = new NameTable(ForwardingHeaders.NAMES);

    private static final int LENGTH_DIGITS_MAX = 18;

    private final Homes homes;
    private final ClientAddressResolver addresses;
    private final ClientCertificateResolver certificates;
    private final RequestIds ids;

    public HeadReader(
            Homes homes,
            ClientAddressResolver addresses,
            ClientCertificateResolver certificates,
            Secrets secrets) {
        this.homes = homes;
        this.addresses = addresses;
        this.certificates = certificates;
        this.ids = new RequestIds(secrets);
    }

    /// What became of a head.
    sealed interface Reading {

        record Whole(RequestHead head) implements Reading {}

        /// Nothing more is read from the connection.
        record Refused(int status, String sentence) implements Reading {}
    }

    Reading read(HttpRequest raw, Peer peer) {
        if (raw.decoderResult().isFailure()) {
            return undecodable(raw.decoderResult().cause());
        }
        if (!isSpoken(raw.protocolVersion())) {
            return new Reading.Refused(505, "This version of HTTP is not spoken here.");
        }
        if (!METHODS.contains(raw.method().name())) {
            return new Reading.Refused(405, "This method is not served.");
        }
        try {
            return readable(raw, peer);
        } catch (BadRequest bad) {
            return new Reading.Refused(400, String.valueOf(bad.getMessage()));
        }
    }

    private static Reading undecodable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> new Reading.Refused(414, "The address is too long.");
            case TooLongHttpHeaderException _ ->
                    new Reading.Refused(431, "The headers are too large.");
            default -> new Reading.Refused(400, "The request cannot be read.");
        };
    }

    private static boolean isSpoken(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    private Reading readable(HttpRequest raw, Peer peer) {
        HttpHeaders headers = raw.headers();
        boolean isForwarded = lookThrough(headers);
        ProxyRequest.Body body = body(headers);
        RequestTarget target = RequestTarget.parse(raw.uri());
        String host = headers.get(HttpHeaderNames.HOST);
        if (host == null) {
            throw new BadRequest("The Host header is missing.");
        }
        Optional<Homes.Place> place = homes.find(host);
        if (place.isEmpty()) {
            return new Reading.Refused(421, "This host is not served here.");
        }
        boolean isLatest = raw.protocolVersion().equals(HttpVersion.HTTP_1_1);
        String expected = headers.get(HttpHeaderNames.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            return new Reading.Refused(417, "This expectation cannot be met.");
        }
        return new Reading.Whole(
                new RequestHead(
                        ids.next(),
                        raw,
                        raw.method().name(),
                        target,
                        place.get(),
                        client(headers, isForwarded, peer.address()),
                        certificate(headers, peer),
                        peer.address(),
                        body,
                        // HTTP/1.0 has no way to keep a connection that both sides agree on.
                        isLatest && HttpUtil.isKeepAlive(raw),
                        isLatest && expected != null && !(body instanceof ProxyRequest.Body.None)));
    }

    /// Looks at every name once.
    ///
    /// @return true where the request carries any forwarding header
    private static boolean lookThrough(HttpHeaders headers) {
        boolean isForwarded = false;
        int seen = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            CharSequence name = all.next().getKey();
            isForwarded |= FORWARDING.contains(name);
            int single = SINGLE.indexOf(name);
            if (single >= 0) {
                int bit = 1 << single;
                if ((seen & bit) != 0) {
                    throw new BadRequest(
                            "The header " + SINGLE_NAMES.get(single) + " appears more than once.");
                }
                seen |= bit;
            }
        }
        return isForwarded;
    }

    /// RFC 9112 section 6: one length, in digits, or the one coding that everybody reads alike.
    private static ProxyRequest.Body body(HttpHeaders headers) {
        String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (coding != null) {
            if (length != null || !coding.equalsIgnoreCase("chunked")) {
                throw new BadRequest("The length of the body can be read in two ways.");
            }
            return new ProxyRequest.Body.Chunked();
        }
        if (length == null) {
            return new ProxyRequest.Body.None();
        }
        if (length.isEmpty()
                || length.length() > LENGTH_DIGITS_MAX
                || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadRequest("The length of the body is no number.");
        }
        return new ProxyRequest.Body.Sized(Long.parseLong(length));
    }

    /// A proxy's own certificate is not that of the client behind it.
    private ClientCertificate certificate(HttpHeaders headers, Peer peer) {
        return certificates.isProxy(peer.address())
                ? certificates.named(
                        peer.address(),
                        new ClientCertificateResolver.Claim(
                                headers.getAll("x-forwarded-client-cert"),
                                headers.getAll("x-ssl-client-verify"),
                                headers.getAll("x-ssl-client-cert")))
                : peer.certificate();
    }

    boolean isProxy(InetAddress peer) {
        return addresses.isTrusted(peer);
    }

    /// Where a request comes from that could not be read otherwise.
    ClientAddress addressOf(HttpRequest raw, InetAddress peer) {
        try {
            return client(raw.headers(), lookThrough(raw.headers()), peer);
        } catch (BadRequest doubtful) {
            return new ClientAddress.Unknown(peer);
        }
    }

    private ClientAddress client(HttpHeaders headers, boolean isForwarded, InetAddress peer) {
        return addresses.resolve(
                peer,
                isForwarded
                        ? new ForwardingHeaders(
                                true,
                                headers.getAll("x-forwarded-for"),
                                headers.contains("forwarded"))
                        : ForwardingHeaders.NONE);
    }
}
