package dev.vestibule.testhouse.openid;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/// The provider's own port: it finds the endpoint, remembers the request, waits where it was told
/// to, and lets the handler answer. It can close and open again on the same port.
final class FrontDoor implements Listener.Door {

    private final String basePath;
    private final Script script;
    private final RequestLog requestLog;
    private volatile Map<Endpoint, Handler> handlers = Map.of();
    private Listener listener;

    private FrontDoor(ProviderOptions options, Script script, RequestLog requestLog) {
        this.basePath = Issuers.withoutSlash(options.path());
        this.script = script;
        this.requestLog = requestLog;
        this.listener = Listener.open(options.port(), this);
    }

    /// Listens at once, so that the port is known; until [#opens] is called everything is 404.
    static FrontDoor open(ProviderOptions options, Script script, RequestLog requestLog) {
        return new FrontDoor(options, script, requestLog);
    }

    void opens(Map<Endpoint, Handler> rooms) {
        handlers = rooms;
    }

    synchronized int port() {
        return listener.port();
    }

    synchronized void close() {
        listener.close();
    }

    synchronized void reopen() {
        int port = listener.port();
        listener.close();
        listener = Listener.open(port, this);
    }

    @Override
    public Endpoint endpoint(String path) {
        return Stream.of(Endpoint.values())
                .filter(one -> !one.path().isEmpty() && path.equals(basePath + one.path()))
                .findFirst()
                .orElse(Endpoint.UNKNOWN);
    }

    @Override
    public void arrived(ProviderRequest request) {
        requestLog.add(request);
    }

    @Override
    public Duration delay(Endpoint endpoint) {
        return script.delay(endpoint);
    }

    @Override
    public Answer answer(ProviderRequest request) {
        Handler handler = handlers.get(request.endpoint());
        return handler == null ? Answer.page(404) : handler.handle(request);
    }
}
