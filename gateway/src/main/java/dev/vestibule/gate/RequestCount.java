package dev.vestibule.gate;

import dev.vestibule.policy.RouteClass;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;

/// Counts the request that a connection is on, once. Lives on the event loop, one per connection.
final class RequestCount {

    private final RequestMeters meters;
    private boolean isUnderWay;
    private long began;
    private RouteClass route = RouteClass.CLOSED;
    private @Nullable LiveKind live;

    RequestCount(RequestMeters meters) {
        this.meters = meters;
    }

    /// Until more is known, the request is for nobody.
    void begin() {
        isUnderWay = true;
        began = System.nanoTime();
        route = RouteClass.CLOSED;
        become(LiveKind.REQUEST);
    }

    private void become(@Nullable LiveKind next) {
        LiveKind before = live;
        live = next;
        if (before != null) {
            meters.closed(before);
        }
        if (next != null) {
            meters.opened(next);
        }
    }

    void at(RouteClass found) {
        route = found;
    }

    /// Its answer begins. What comes after the first time counts for nothing.
    void answered(int status) {
        end(RequestOutcome.of(status));
    }

    /// Its answer flows from here on.
    void streams() {
        become(LiveKind.STREAM);
    }

    /// All of its answer has been handed on.
    void over() {
        become(null);
    }

    /// @param channel is a socket until it is closed
    void becameSocket(Channel channel) {
        end(RequestOutcome.SOCKET);
        meters.opened(LiveKind.SOCKET);
        channel.closeFuture().addListener(_ -> meters.closed(LiveKind.SOCKET));
    }

    void gone() {
        end(RequestOutcome.GONE);
    }

    private void end(RequestOutcome outcome) {
        become(null);
        if (isUnderWay) {
            isUnderWay = false;
            meters.count(route, outcome, System.nanoTime() - began);
        }
    }
}
