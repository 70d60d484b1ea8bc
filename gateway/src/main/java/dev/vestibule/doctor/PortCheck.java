package dev.vestibule.doctor;

import dev.vestibule.config.ListenConfig;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Wrong;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/// Whether the gateway can listen where it should: it is tried for a moment, unless it listens.
final class PortCheck implements Check {

    private final ListenConfig config;
    private final boolean isServing;

    PortCheck(ListenConfig config, boolean isServing) {
        this.config = config;
        this.isServing = isServing;
    }

    @Override
    public List<Finding> look() {
        String where = config.address() + " port " + config.port();
        if (isServing) {
            return List.of(new Fine(where, "the gateway runs"));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(config.address(), config.port()));
            return List.of(new Fine(where, "free; no gateway runs"));
        } catch (IOException taken) {
            return List.of(
                    new Wrong(
                            Cause.PORT,
                            where,
                            "No gateway of this data directory runs, and listening fails: "
                                    + taken.getMessage()
                                    + "."));
        }
    }
}
