package dev.vestibule.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the gateway costs while nobody asks anything: the time until it answers, and the memory
/// that it and its open websockets take.
final class Standing {

    private static final int SOCKETS_OF_ONE_PERSON = 200;

    private final House house;
    private final Plan plan;

    Standing(House house, Plan plan) {
        this.house = house;
        this.plan = plan;
    }

    /// Starts the gateway again, with the data that it has.
    ///
    /// @return milliseconds from the start of the command to the first page
    Spread firstAnswer() {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < plan.starts(); i++) {
            millis.add((double) house.startGatewayAgain().toMillis());
        }
        return Spread.of(millis);
    }

    /// Opens websockets of as many people as the configuration's limit asks for.
    ///
    /// @return resident bytes for each number of open websockets
    Map<Integer, Long> memory() {
        Map<Integer, Long> all = new LinkedHashMap<>();
        int opened = 0;
        try (OpenSockets sockets = new OpenSockets()) {
            for (int wanted : plan.openSockets()) {
                for (; opened < wanted; opened += SOCKETS_OF_ONE_PERSON) {
                    String bearer = house.people().signIn("person-" + opened);
                    sockets.open(house.gateway(), bearer, SOCKETS_OF_ONE_PERSON);
                }
                all.put(wanted, house.gateway().program().residentBytes());
            }
        }
        return all;
    }
}
