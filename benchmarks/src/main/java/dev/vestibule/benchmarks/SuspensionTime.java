package dev.vestibule.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
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

/// How long it takes from an operator's word until everything that one person has open is closed,
/// while as many websockets of others stay open. That all of the first close, in the way that says
/// why, and none of the second, is part of the measurement: else it fails.
final class SuspensionTime {

    private static final int SOCKETS_OF_ONE_SIGN_IN = 200;
    private static final int POLICY_VIOLATION = 1008;
    private static final String LEAVING = "leaving";
    private static final String STAYING = "staying";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final House house;
    private final Plan plan;

    SuspensionTime(House house, Plan plan) {
        this.house = house;
        this.plan = plan;
    }

    /// Counted from the moment at which the gateway is told.
    ///
    /// @param command until it says that the person is shut out
    /// @param first until the first websocket was closed, as its client saw it
    /// @param last until the last one was
    record Measured(Duration command, Duration first, Duration last) {}

    Measured measure() {
        try (OpenSockets leaving = new OpenSockets();
                OpenSockets staying = new OpenSockets();
                ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            open(leaving, LEAVING);
            open(staying, STAYING);
            List<Future<Long>> closed = new ArrayList<>();
            for (VisitorSocket socket : leaving.all()) {
                closed.add(visitors.submit(() -> awaitClose(socket)));
            }
            long begun = System.nanoTime();
            suspend();
            Duration command = Duration.ofNanos(System.nanoTime() - begun);
            List<Long> moments = moments(closed);
            staying.all().forEach(SuspensionTime::mustBeOpen);
            return new Measured(
                    command,
                    Duration.ofNanos(moments.getFirst() - begun),
                    Duration.ofNanos(moments.getLast() - begun));
        }
    }

    /// As many sign-ins as the limit on websockets of one asks for.
    private void open(OpenSockets sockets, String person) {
        for (int opened = 0; opened < plan.suspendedSockets(); opened += SOCKETS_OF_ONE_SIGN_IN) {
            sockets.open(house.gateway(), house.people().signIn(person), SOCKETS_OF_ONE_SIGN_IN);
        }
    }

    /// @return when it was closed, by [System#nanoTime]
    private static long awaitClose(VisitorSocket socket) {
        int code = socket.awaitClose();
        long now = System.nanoTime();
        if (code != POLICY_VIOLATION) {
            throw new BenchmarkFailed("a websocket of a suspended person was closed with " + code);
        }
        return now;
    }

    private static List<Long> moments(List<Future<Long>> closed) {
        List<Long> moments = new ArrayList<>();
        try {
            for (Future<Long> one : closed) {
                moments.add(one.get());
            }
        } catch (ExecutionException failed) {
            throw new BenchmarkFailed(
                    "a websocket of a suspended person did not close: " + failed.getCause(),
                    failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        }
        return moments.stream().sorted().toList();
    }

    private static void mustBeOpen(VisitorSocket socket) {
        ObjectNode command = JSON.createObjectNode().put("type", "auth/current_user");
        String name = socket.call(command).path("name").asText();
        if (!name.equals(STAYING)) {
            throw new BenchmarkFailed("a websocket of somebody else answers as " + name);
        }
    }

    private void suspend() {
        JsonNode said =
                house.control()
                        .ask(ControlSocket.command("account-suspend").put("account", LEAVING));
        if (!said.path("sentence").asText().contains("is shut out")) {
            throw new BenchmarkFailed("the gateway was to suspend somebody and said " + said);
        }
    }
}
