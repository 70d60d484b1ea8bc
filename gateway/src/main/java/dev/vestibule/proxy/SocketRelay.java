package dev.vestibule.proxy;

/// Takes over a connection whose client asked for a websocket.
@FunctionalInterface
public interface SocketRelay {

    /// Called on the event loop of the channel, once for a channel, with a handshake that the door
    /// has checked. From here on the relay owns the channel: it answers 101 or a refusal, and
    /// closes the channel in every case, also where the handshake fails (attack: a tunnel through a
    /// refused upgrade).
    void accept(SocketRequest request);
}
