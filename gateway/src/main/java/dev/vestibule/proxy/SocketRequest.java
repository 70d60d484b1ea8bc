package dev.vestibule.proxy;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.BrowserId;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.RouteClass;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/// A websocket handshake that the door has checked: GET, HTTP/1.1, no body, version 13, a key of 16
/// bytes, an origin of the home where the caller is known by a cookie (RFC 6455 section 4.2.1).
///
/// @param id the reference number of the request, for log lines
/// @param kind which websocket it is
/// @param channel the client's connection. Its pipeline holds two handlers, an `HttpRequestDecoder`
///   and an `HttpResponseEncoder`, as Netty's own handshakers expect. The decoder holds back what
///   the client sent after the handshake, hands it on when it is removed, and decodes nothing
///   meanwhile. Reading is on
/// @param head the request line and headers as they came; for upstream, see [ForwardRules]
/// @param answerHeaders to be added to the 101: the cookie that gives the browser its id, or
///   nothing
/// @param certificate what the client proved to have
/// @param browser the id of the browser, sent or just made; bind it when the socket was
///   authenticated
public record SocketRequest(
        String id,
        SocketKind kind,
        Channel channel,
        HttpRequest head,
        RequestTarget target,
        HttpHeaders answerHeaders,
        HomeId home,
        Origin origin,
        ClientAddress client,
        ClientCertificate certificate,
        BrowserId browser) {

    /// Which websocket a client asked for.
    public sealed interface SocketKind {

        /// `/api/websocket`: authenticates in its first message, so nobody is known yet.
        record HomeAssistant() implements SocketKind {}

        /// Any other websocket, such as an add-on's page or an integration's stream, for a caller
        /// whom the policy has let in. Passed through as it is, and cut with the caller's
        /// connections.
        record Through(Caller caller, RouteClass route) implements SocketKind {}
    }
}
