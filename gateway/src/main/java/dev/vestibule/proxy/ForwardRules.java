package dev.vestibule.proxy;

import dev.vestibule.config.Origin;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.IngressCookie;
import dev.vestibule.policy.RouteClass;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The one owner of the rules for headers between a client and Home Assistant, for HTTP and for
/// websocket handshakes alike. Immutable.
public final class ForwardRules {

    /// What speaks about one connection only (RFC 9110 section 7.6.1). The names that a client
    /// lists in `Connection` are not removed besides: none of them may be taken away from us by the
    /// client (attack: `Connection: X-Forwarded-For`).
    static final List<String> HOP_BY_HOP =
            List.of(
                    "connection",
                    "expect",
                    "http2-settings",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    /// What somebody in front of a program may say about the client, and so what a client must
    /// never say itself; and what may change the meaning of method or path.
    static final List<String> CLAIMS =
            List.of(
                    "cf-",
                    "client-cert",
                    "client-cert-chain",
                    "client-ip",
                    "fastly-client-ip",
                    "fly-client-ip",
                    "forwarded",
                    "forwarded-",
                    "front-end-https",
                    "proxy",
                    "remote-",
                    "ssl-client-",
                    "tailscale-",
                    "true-client-ip",
                    "via",
                    "x-accel-",
                    "x-appengine-user-ip",
                    "x-amzn-oidc-",
                    "x-auth-",
                    "x-authentik-",
                    "x-azure-",
                    "x-client-cert",
                    "x-client-dn",
                    "x-client-ip",
                    "x-cluster-client-ip",
                    "x-email",
                    "x-envoy-",
                    "x-forwarded",
                    "x-forwarded-",
                    "x-groups",
                    "x-hass-",
                    "x-hassio-",
                    "x-host",
                    "x-http-method",
                    "x-http-method-",
                    "x-ingress-",
                    "x-method-override",
                    "x-ms-client-principal",
                    "x-ms-client-principal-",
                    "x-original-",
                    "x-pomerium-",
                    "x-proxyuser-ip",
                    "x-real-ip",
                    "x-remote-",
                    "x-rewrite-",
                    "x-scheme",
                    "x-ssl-",
                    "x-supervisor-",
                    "x-token-",
                    "x-url-scheme",
                    "x-user",
                    "x-username",
                    "x-vouch-",
                    "x-webauth-");

    /// The decoder has checked names and values already.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final List<AsciiString> NOT_TO_CLIENT = notToClient();

    /// How our own cookies begin.
    private static final List<String> OURS = List.of("__host-vestibule", "vestibule-dev");

    /// How the cookies of proxies in front begin, in which they keep who is signed in there: Home
    /// Assistant, and whatever runs in it, could be the person elsewhere with them.
    private static final List<String> OF_PROXIES =
            List.of(
                    "authelia_session",
                    "authentik_proxy",
                    "cf_",
                    "vouchcookie",
                    "_forward_auth",
                    "_oauth2_proxy",
                    "_pomerium");

    /// Named for a client that must not be taken for one at home: an address for documentation (RFC
    /// 5737), which is nobody's.
    private static final String NOBODY = "192.0.2.1";

    private final NameTable notToUpstream;

    /// @param assertions names of headers in which proxies in front say who somebody is, besides
    ///   those that everybody knows
    public ForwardRules(List<String> assertions) {
        List<String> alwaysOurs = List.of("host", "cookie", "content-length", "sec-websocket-");
        List<String> configured =
                assertions.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.notToUpstream =
                new NameTable(
                        Stream.of(HOP_BY_HOP, CLAIMS, alwaysOurs, configured)
                                .flatMap(List::stream)
                                .toList());
    }

    /// `Alt-Svc` would name a way around this door.
    private static List<AsciiString> notToClient() {
        return Stream.concat(HOP_BY_HOP.stream(), Stream.of("alt-svc"))
                .map(AsciiString::cached)
                .toList();
    }

    /// On whose behalf something is forwarded.
    ///
    /// @param origin the configured origin that the client asked for
    /// @param namesClient whether Home Assistant accepts forwarding headers from us
    /// @param route what was asked for
    public record OnBehalf(
            Origin origin, ClientAddress client, boolean namesClient, RouteClass route) {

        /// An add-on's session is judged at the paths of add-ons, and so passes there only.
        private boolean keepsIngressCookie() {
            return route == RouteClass.INGRESS;
        }
    }

    /// The headers for Home Assistant, without those of framing and of upgrade, which the caller
    /// adds.
    ///
    /// @param fromClient as the client sent them
    public HttpHeaders toUpstream(HttpHeaders fromClient, OnBehalf behalf) {
        HttpHeaders headers = UNCHECKED.newHeaders();
        headers.set(HttpHeaderNames.HOST, behalf.origin().authority());
        Iterator<Map.Entry<CharSequence, CharSequence>> sent = fromClient.iteratorCharSequence();
        while (sent.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = sent.next();
            if (!notToUpstream.contains(header.getKey())) {
                headers.add(header.getKey(), header.getValue());
            } else if (HttpHeaderNames.COOKIE.contentEqualsIgnoreCase(header.getKey())) {
                addCookies(headers, header.getValue().toString(), behalf.keepsIngressCookie());
            }
        }
        if (behalf.namesClient()) {
            headers.set("X-Forwarded-For", named(behalf.client()));
            headers.set("X-Forwarded-Proto", behalf.origin().scheme());
            headers.set("X-Forwarded-Host", behalf.origin().authority());
        }
        return headers;
    }

    private static void addCookies(HttpHeaders headers, String line, boolean keepsIngressCookie) {
        String kept = withoutOurs(line, keepsIngressCookie);
        if (!kept.isEmpty()) {
            headers.set(HttpHeaderNames.COOKIE, kept);
        }
    }

    private static String withoutOurs(String line, boolean keepsIngressCookie) {
        StringBuilder kept = new StringBuilder(line.length());
        int start = 0;
        while (start < line.length()) {
            int end = line.indexOf(';', start);
            end = end < 0 ? line.length() : end;
            String pair = line.substring(start, end).strip();
            if (!pair.isEmpty() && isForUpstream(pair, keepsIngressCookie)) {
                kept.append(kept.isEmpty() ? "" : "; ").append(pair);
            }
            start = end + 1;
        }
        return kept.toString();
    }

    private static boolean isForUpstream(String pair, boolean keepsIngressCookie) {
        if (isOurCookie(pair) || begins(pair, OF_PROXIES)) {
            return false;
        }
        return !IngressCookie.isNamedIn(pair)
                || (keepsIngressCookie && IngressCookie.isPlain(pair));
    }

    private static boolean isOurCookie(String line) {
        return begins(line, OURS);
    }

    /// A cookie without a name reads as the name and value behind its equals sign (RFC 6265bis
    /// section 5.6).
    private static boolean begins(String line, List<String> names) {
        int start = 0;
        while (start < line.length() && (line.charAt(start) == '=' || line.charAt(start) <= ' ')) {
            start++;
        }
        for (String name : names) {
            if (line.regionMatches(true, start, name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    /// Home Assistant takes private addresses for local. A client that hides behind a proxy we do
    /// not know must not become local by that proxy's address.
    private static String named(ClientAddress client) {
        return switch (client) {
            case ClientAddress.Known(var address) -> literal(address);
            case ClientAddress.Unknown(var peer) -> isPrivate(peer) ? NOBODY : literal(peer);
        };
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static boolean isPrivate(InetAddress address) {
        boolean isUniqueLocal =
                address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || isUniqueLocal;
    }

    /// Takes away from an answer what is not for the client, in place: what speaks about our
    /// connection to Home Assistant, and cookies under names of ours.
    public void toClient(HttpHeaders fromUpstream) {
        NOT_TO_CLIENT.forEach(fromUpstream::remove);
        List<String> cookies = fromUpstream.getAll(HttpHeaderNames.SET_COOKIE);
        if (cookies.stream().anyMatch(ForwardRules::isOurCookie)) {
            fromUpstream.set(
                    HttpHeaderNames.SET_COOKIE,
                    cookies.stream().filter(cookie -> !isOurCookie(cookie)).toList());
        }
    }
}
