package dev.vestibule.doctor;

import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Wrong;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/// Whether the gateway can listen where it should: it is tried for a moment, unless it listens.
final class PortCheck implements Check {

    private final String address;
    private final int port;
    private final boolean isServing;

    PortCheck(String address, int port, boolean isServing) {
        this.address = address;
        this.port = port;
        this.isServing = isServing;
    }

    @Override
    public List<Finding> look() {
        String where = address + " port " + port;
        if (isServing) {
            return List.of(new Fine(where, "the gateway runs"));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
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
