package dev.vestibule.proxy;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The connections to one Home Assistant that belong to one event loop; used on that loop only.
final class UpstreamPool {

    /// Shorter than Home Assistant keeps an idle connection, so that it seldom closes one on us.
    static final Duration IDLE_MAX = Duration.ofSeconds(30);

    /// Making a full backup takes minutes, and its request waits all the while.
    static final Duration SILENCE_MAX = Duration.ofMinutes(15);

    private static final int IDLE_COUNT_MAX = 64;
    private static final int SWEEP_SECONDS = 5;

    private final EventLoop loop;
    private final UpstreamConnector connector;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Set<UpstreamConnection> open = new HashSet<>();
    private final Future<?> sweeping;

    UpstreamPool(EventLoop loop, UpstreamConnector connector) {
        this.loop = loop;
        this.connector = connector;
        this.sweeping =
                loop.scheduleWithFixedDelay(
                        this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /// Gives the exchange a connection, the one used last where there is one.
    void serve(Exchange exchange) {
        for (UpstreamConnection next = idle.pollLast(); next != null; next = idle.pollLast()) {
            if (next.isActive()) {
                exchange.connected(next, true);
                return;
            }
        }
        connect(exchange);
    }

    /// Gives the exchange a new connection.
    void connect(Exchange exchange) {
        connector.connect(loop, this, new Waiting(exchange));
    }

    /// An exchange that waits for its connection.
    private final class Waiting implements UpstreamConnector.Outcome {
        private final Exchange exchange;

        Waiting(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void connected(UpstreamConnection connection) {
            open.add(connection);
            if (exchange.isOver()) {
                connection.beIdle();
            } else {
                exchange.connected(connection, false);
            }
        }

        @Override
        public void failed(UpstreamFailure failure) {
            exchange.notConnected(failure);
        }
    }

    void takeBack(UpstreamConnection connection) {
        if (idle.size() < IDLE_COUNT_MAX && connection.isActive() && !sweeping.isCancelled()) {
            idle.addLast(connection);
        } else {
            connection.discard();
        }
    }

    void forget(UpstreamConnection connection) {
        if (open.remove(connection)) {
            idle.remove(connection);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        List<UpstreamConnection> all = new ArrayList<>(open);
        for (UpstreamConnection connection : all) {
            if (connection.isIdleSince(now - IDLE_MAX.toNanos())) {
                connection.discard();
            } else {
                connection.endSilence(now - SILENCE_MAX.toNanos());
            }
        }
    }

    void close() {
        sweeping.cancel(false);
        List.copyOf(open).forEach(UpstreamConnection::discard);
    }
}
