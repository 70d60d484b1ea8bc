package dev.vestibule.benchmarks;

import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/// Websockets that were opened and authenticated through a contender. One thread uses it.
final class OpenSockets implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<VisitorSocket> all = new ArrayList<>();

    void open(Contender contender, String bearer, int count) {
        for (int i = 0; i < count; i++) {
            VisitorSocket socket = VisitorSocket.open(http, contender.socket());
            all.add(socket);
            String answer = socket.authenticate(bearer);
            if (!answer.equals("auth_ok")) {
                throw new BenchmarkFailed(contender.name() + " answered a websocket " + answer);
            }
        }
    }

    List<VisitorSocket> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(VisitorSocket::close);
        http.close();
    }
}
