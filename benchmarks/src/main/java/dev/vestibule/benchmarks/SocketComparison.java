package dev.vestibule.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Websocket messages through the gateway, against the same messages through another.
final class SocketComparison {

    static final int SOCKETS = 32;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS_AT_ONCE = 20;
    private static final String ENTITY = "sensor.benchmark";

    private final House house;
    private final Plan plan;
    private long lastState;

    SocketComparison(House house, Plan plan) {
        this.house = house;
        this.plan = plan;
    }

    /// Sends messages until a point of [System#nanoTime], and counts those that were relayed.
    private interface Traffic {
        long relay(List<VisitorSocket> sockets, long untilNanos);
    }

    /// Commands and their results: every other message comes from a client, and the gateway reads
    /// it.
    Rounds commands() {
        return rounds(SocketComparison::relayCommands);
    }

    /// Changes of a state, which Home Assistant tells to everybody.
    Rounds events() {
        return rounds(this::relayEvents);
    }

    private Rounds rounds(Traffic traffic) {
        var _ = turn(house.gateway(), traffic);
        return Rounds.take(
                plan.socketRounds(),
                house.gateway(),
                house.plainNginx(),
                contender -> turn(contender, traffic));
    }

    private Turn turn(Contender contender, Traffic traffic) {
        try (OpenSockets sockets = new OpenSockets()) {
            sockets.open(contender, house.bearer(), SOCKETS);
            for (VisitorSocket socket : sockets.all()) {
                var _ = socket.call(command("subscribe_events").put("event_type", "state_changed"));
            }
            Duration before = contender.program().processorTime();
            long begun = System.nanoTime();
            long relayed = traffic.relay(sockets.all(), begun + plan.socketTurn().toNanos());
            double seconds = (System.nanoTime() - begun) / 1e9;
            Duration used = contender.program().processorTime().minus(before);
            return Turn.of(used, relayed, relayed / seconds);
        }
    }

    private static long relayCommands(List<VisitorSocket> sockets, long untilNanos) {
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = new ArrayList<>();
            for (VisitorSocket socket : sockets) {
                counts.add(visitors.submit(() -> relayCommands(socket, untilNanos)));
            }
            long relayed = 0;
            for (Future<Long> count : counts) {
                relayed += count.get();
            }
            return relayed;
        } catch (ExecutionException failed) {
            throw new BenchmarkFailed("a websocket failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        }
    }

    private static long relayCommands(VisitorSocket socket, long untilNanos) {
        long relayed = 0;
        while (System.nanoTime() - untilNanos < 0) {
            var _ = socket.call(command("auth/current_user"));
            relayed += 2;
        }
        return relayed;
    }

    private long relayEvents(List<VisitorSocket> sockets, long untilNanos) {
        long relayed = 0;
        while (System.nanoTime() - untilNanos < 0) {
            for (int i = 0; i < EVENTS_AT_ONCE; i++) {
                house.home().setState(ENTITY, Long.toString(++lastState));
            }
            for (VisitorSocket socket : sockets) {
                awaitState(socket, Long.toString(lastState));
            }
            relayed += (long) EVENTS_AT_ONCE * sockets.size();
        }
        return relayed;
    }

    private static void awaitState(VisitorSocket socket, String state) {
        String seen = "";
        while (!seen.equals(state)) {
            seen = socket.receive().at("/event/data/new_state/state").asText();
        }
    }

    private static ObjectNode command(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
