package dev.vestibule.gate;

/// What a connection of a client is busy with.
enum LiveKind {
    /// A request that has no answer yet.
    REQUEST,
    /// An answer of Home Assistant that is on its way, perhaps without an end.
    STREAM,
    /// A websocket.
    SOCKET
}
