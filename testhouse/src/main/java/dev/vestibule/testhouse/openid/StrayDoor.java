package dev.vestibule.testhouse.openid;

import java.time.Duration;

/// The port of the second origin: whatever comes in was led astray.
final class StrayDoor implements Listener.Door {

    private final RequestLog requestLog;
    private volatile Handler handler = _ -> Answer.page(404);

    StrayDoor(RequestLog requestLog) {
        this.requestLog = requestLog;
    }

    void opens(Handler room) {
        handler = room;
    }

    @Override
    public Endpoint endpoint(String path) {
        return Endpoint.ELSEWHERE;
    }

    @Override
    public Duration delay(Endpoint endpoint) {
        return Duration.ZERO;
    }

    @Override
    public void arrived(ProviderRequest request) {
        requestLog.add(request);
    }

    @Override
    public Answer answer(ProviderRequest request) {
        return handler.handle(request);
    }
}
