package dev.vestibule.e2e;

import dev.vestibule.GatewayHouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Another computer in the network, as the house sees it: what connects to its port comes to the
/// house from another address of loopback. See [Chromium#of]. Threads of its own carry the bytes.
final class Neighbour implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final String house;
    private final int housePort;
    private final InetAddress address;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// @param address of the neighbour, such as `127.0.0.9`
    Neighbour(GatewayHouse house, String address) {
        this.house = house.origin().authority();
        this.housePort = house.origin().port();
        this.address = InetAddress.ofLiteral(address);
        try {
            this.door = new ServerSocket(0, 0, LOOPBACK);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// Host and port, as browsers know the house.
    String house() {
        return house;
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket here = door.accept();
                open.add(here);
                Socket there = new Socket(LOOPBACK, housePort, address, 0);
                open.add(there);
                carry(here, there);
                carry(there, here);
            }
        } catch (IOException closed) {
            close();
        }
    }

    private static void carry(Socket from, Socket to) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (from;
                                    to) {
                                from.getInputStream().transferTo(to.getOutputStream());
                            } catch (IOException _) {
                                // One of them has closed, and so both are.
                            }
                        });
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
