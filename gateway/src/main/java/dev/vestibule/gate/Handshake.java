package dev.vestibule.gate;

import dev.vestibule.proxy.ProxyRequest;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;

import java.util.Base64;

/// Reads websocket handshakes (RFC 6455 section 4.2.1).
final class Handshake {

    private static final int KEY_BYTES = 16;

    private Handshake() {}

    /// What a request asks for.
    enum Kind {
        /// No websocket. Any other protocol in `Upgrade` is not heard (attack: h2c).
        NONE,
        /// A websocket, in good form.
        VALID,
        /// A websocket of another version: 426.
        OTHER_VERSION,
        /// A websocket in bad form: 400.
        INVALID
    }

    static Kind read(RequestHead head) {
        if (!head.header(HttpHeaderNames.UPGRADE).equalsIgnoreCase("websocket")) {
            return Kind.NONE;
        }
        boolean isWellFormed =
                head.method().equals("GET")
                        && head.raw().protocolVersion().minorVersion() == 1
                        && head.body() instanceof ProxyRequest.Body.None
                        && namesUpgrade(head)
                        && isKey(head.header(HttpHeaderNames.SEC_WEBSOCKET_KEY));
        if (!isWellFormed) {
            return Kind.INVALID;
        }
        return head.header(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals("13")
                ? Kind.VALID
                : Kind.OTHER_VERSION;
    }

    private static boolean namesUpgrade(RequestHead head) {
        return head.raw()
                .headers()
                .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
