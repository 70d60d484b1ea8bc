package dev.vestibule.proxy;

import io.netty.channel.EventLoop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One Home Assistant as the proxy sees it: a bounded number of HTTP/1.1 connections, kept for
/// reuse on the event loop that opened them. Safe to share between threads; whoever made it closes
/// it.
public final class Upstream implements AutoCloseable {

    private final ForwardRules rules = new ForwardRules(List.of());
    private final Map<EventLoop, UpstreamPool> pools = new HashMap<>();

    /// @param connectionsMax open connections, over all event loops
    public Upstream(EventLoops loops, UpstreamAddress address, int connectionsMax) {
        UpstreamConnector connector =
                new UpstreamConnector(loops.clientChannel(), address, connectionsMax);
        loops.all().forEach(loop -> pools.put(loop, new UpstreamPool(loop, connector)));
    }

    /// Makes ready to send a request. Called on the request's event loop; everything that follows
    /// happens there.
    public Exchange prepare(ProxyRequest request, Downstream client) {
        UpstreamPool pool = pools.get(request.loop());
        if (pool == null) {
            throw new IllegalStateException("an event loop of somebody else: " + request.loop());
        }
        return new Exchange(pool, rules, request, client);
    }

    @Override
    public void close() {
        pools.forEach((loop, pool) -> loop.execute(pool::close));
    }
}
