package dev.vestibule.handoff;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.visit.Visitor;

/// `GET /auth/vestibule/hand-off/state?link=LINK`: whether somebody holds a code by now, for the
/// script of the app's page. Who they are is not told: whoever sent a stranger the address would
/// learn it.
final class StateHandler implements Handler {

    private final HandOffStore store;

    StateHandler(HandOffStore store) {
        this.store = store;
    }

    @Override
    public Response handle(Request request) {
        return Response.json(
                        200, JsonNodeFactory.instance.objectNode().put("state", stateFor(request)))
                .with("cache-control", "no-store");
    }

    private String stateFor(Request request) {
        Visitor visitor = Visitor.of(request);
        return Asked.of(request.query(), visitor)
                .flatMap(asked -> store.find(asked.link(), visitor.home(), asked.browser()))
                .map(handOff -> handOff.isConfirmed() ? "confirmed" : "waiting")
                .orElse("over");
    }
}
