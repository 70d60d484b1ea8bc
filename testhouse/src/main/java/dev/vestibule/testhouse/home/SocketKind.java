package dev.vestibule.testhouse.home;

/// What a connection becomes when it is upgraded.
enum SocketKind {
    /// Home Assistant's own websocket.
    HOME,
    /// An add-on behind ingress, which sends back what it gets.
    ADD_ON
}
