package dev.vestibule.testhouse;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for servers whose address must be known before they listen, or that come back to the same
/// one after a pause.
///
/// A port that the system chooses is wrong for them: between closing and listening any outgoing
/// connection of the machine may take it. These lie below the range that outgoing connections are
/// made from (`ip_local_port_range`, from 32768), and no two calls in a process give the same one.
public final class LoopbackPort {

    private static final int FIRST = 12_000;
    private static final int LAST = 32_767;
    private static final int TRIES_MAX = 200;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /// A port that nobody listens on, by IPv4 or IPv6.
    public static int free() {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in " + TRIES_MAX + " tries");
    }

    static boolean isFree(int port) {
        try (ServerSocket everywhere = new ServerSocket(port)) {
            return everywhere.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
