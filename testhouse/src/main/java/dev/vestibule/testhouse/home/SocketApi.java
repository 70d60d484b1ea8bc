package dev.vestibule.testhouse.home;

/// `/api/websocket`: anybody may open one; who it is says the first message.
final class SocketApi {

    private SocketApi() {}

    static void addTo(Endpoints endpoints) {
        endpoints.open(
                "GET",
                "/api/websocket",
                request ->
                        SocketHandshake.refusal(request)
                                .orElse(new Answer.Upgrade(SocketKind.HOME)));
    }
}
