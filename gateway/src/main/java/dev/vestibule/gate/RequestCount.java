package dev.vestibule.gate;

import dev.vestibule.policy.RouteClass;

/// Counts the request that a connection is on, once. Lives on the event loop, one per connection.
final class RequestCount {

    private final RequestMeters meters;
    private boolean isUnderWay;
    private long began;
    private RouteClass route = RouteClass.CLOSED;

    RequestCount(RequestMeters meters) {
        this.meters = meters;
    }

    /// Until more is known, the request is for nobody.
    void begin() {
        isUnderWay = true;
        began = System.nanoTime();
        route = RouteClass.CLOSED;
    }

    void at(RouteClass found) {
        route = found;
    }

    /// Its answer begins. What comes after the first time counts for nothing.
    void answered(int status) {
        end(RequestOutcome.of(status));
    }

    void becameSocket() {
        end(RequestOutcome.SOCKET);
    }

    void gone() {
        end(RequestOutcome.GONE);
    }

    private void end(RequestOutcome outcome) {
        if (isUnderWay) {
            isUnderWay = false;
            meters.count(route, outcome, System.nanoTime() - began);
        }
    }
}
