package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// `/api/hassio_ingress/...`: an add-on that shows what reached it. It trusts the token in the
/// address together with the cookie, as the real one does; its websocket sends everything back.
final class IngressApi {

    private final AddOns addOns;

    IngressApi(AddOns addOns) {
        this.addOns = addOns;
    }

    void addTo(Endpoints endpoints) {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            endpoints.open(method, "/api/hassio_ingress/{token}/{path...}", this::answer);
        }
    }

    private Answer answer(HomeRequest request) {
        if (!request.part("token").equals(addOns.ingressToken()) || !hasSession(request)) {
            return Answer.unauthorized();
        }
        if (request.header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent()) {
            return SocketHandshake.refusal(request).orElse(new Answer.Upgrade(SocketKind.ADD_ON));
        }
        return Answer.of(200, "application/json", Json.bytes(echo(request)));
    }

    private boolean hasSession(HomeRequest request) {
        return request.headers().getAll("Cookie").stream()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(String::strip)
                .filter(cookie -> cookie.startsWith("ingress_session="))
                .map(cookie -> cookie.substring("ingress_session=".length()))
                .anyMatch(addOns::knows);
    }

    private static ObjectNode echo(HomeRequest request) {
        ObjectNode json =
                Json.object()
                        .put("method", request.method())
                        .put("path", "/" + request.part("path"))
                        .put("target", request.target())
                        .put("body", new String(request.body(), StandardCharsets.UTF_8));
        var headers = json.putArray("headers");
        for (Map.Entry<String, String> header : request.headers().entries()) {
            headers.addArray().add(header.getKey()).add(header.getValue());
        }
        return json;
    }
}
