package dev.vestibule.proxy;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/// A request on its way to Home Assistant.
///
/// @param loop the event loop of the client's connection
/// @param pathAndQuery the canonical target that was matched
/// @param headers as [ForwardRules] gave them; the exchange adds the framing
/// @param body how the body is framed
public record ProxyRequest(
        EventLoop loop, HttpMethod method, String pathAndQuery, HttpHeaders headers, Body body) {

    /// How the body of a request is framed.
    public sealed interface Body {

        record None() implements Body {}

        /// @param length bytes, as `Content-Length` said
        record Sized(long length) implements Body {}

        /// Chunked, of unknown length.
        record Chunked() implements Body {}
    }

    /// Safe to send once more when nothing of an answer came (RFC 9110 section 9.2.2).
    boolean isRepeatable() {
        return body instanceof Body.None
                && (method.equals(HttpMethod.GET)
                        || method.equals(HttpMethod.HEAD)
                        || method.equals(HttpMethod.OPTIONS));
    }
}
