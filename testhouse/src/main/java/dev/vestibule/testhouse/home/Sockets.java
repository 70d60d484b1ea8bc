package dev.vestibule.testhouse.home;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The websockets that are open now. Lives on the event loop.
final class Sockets {

    private final Set<SocketConnection> open = new LinkedHashSet<>();

    void add(SocketConnection socket) {
        open.add(socket);
    }

    void remove(SocketConnection socket) {
        open.remove(socket);
    }

    int count() {
        return open.size();
    }

    int countOf(String userId) {
        return (int) open.stream().filter(socket -> socket.isOf(userId)).count();
    }

    void closeAll() {
        List.copyOf(open).forEach(SocketConnection::close);
    }

    void cutAll() {
        List.copyOf(open).forEach(SocketConnection::cut);
    }
}
