package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `/api/stream`: every event as it happens (server-sent events), for administrators.
final class StreamApi {

    private static final Duration PING = Duration.ofSeconds(50);

    private final House house;
    private final Loop loop;

    StreamApi(House house, Loop loop) {
        this.house = house;
        this.loop = loop;
    }

    void addTo(Endpoints endpoints) {
        endpoints.guarded("GET", "/api/stream", this::stream);
    }

    private Answer stream(HomeRequest request) {
        if (request.user().filter(User::isAdmin).isEmpty()) {
            return Answer.unauthorized();
        }
        List<String> wanted =
                request.parameter("restrict")
                        .map(list -> List.of(list.split(",")))
                        .orElse(List.of());
        return new Answer.Stream(
                200,
                List.of(Map.entry("Content-Type", "text/event-stream")),
                -1,
                sink -> start(sink, wanted));
    }

    private void start(Sink sink, List<String> wanted) {
        Runnable ending =
                house.bus()
                        .listen(
                                event -> {
                                    if (wanted.isEmpty() || wanted.contains(event.type())) {
                                        send(sink, event.json());
                                    }
                                });
        var beat = new Beat(loop, PING, () -> send(sink, "ping"));
        sink.onClosed(
                () -> {
                    ending.run();
                    beat.stop();
                });
        beat.start();
    }

    private static void send(Sink sink, JsonNode event) {
        send(sink, Json.write(event));
    }

    private static void send(Sink sink, String data) {
        sink.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
