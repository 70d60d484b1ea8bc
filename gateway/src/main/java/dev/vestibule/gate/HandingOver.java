package dev.vestibule.gate;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/// Waits for the end of a handshake, and then leaves the connection to the websocket relay.
final class HandingOver implements Turn {

    private final ClientConnection connection;
    private final Runnable relay;

    HandingOver(ClientConnection connection, Runnable relay) {
        this.connection = connection;
        this.relay = relay;
    }

    @Override
    public void content(HttpContent content) {
        boolean isLast = content instanceof LastHttpContent;
        content.release();
        if (isLast) {
            connection.handOver();
            connection.attempt(relay);
        }
    }
}
