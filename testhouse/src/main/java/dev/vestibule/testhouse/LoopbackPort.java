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
/// Nor do two processes of one test run, which the property `vestibule.fork` tells apart: the first
/// has the even ports, the second the odd ones.
public final class LoopbackPort {

    private static final int FIRST = 12_000;
    private static final int LAST = 32_767;
    private static final int TRIES_MAX = 200;
    private static final int FORKS_MAX = 2;
    private static final int FORK = Integer.getInteger("vestibule.fork", 0);

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /// A port that nobody listens on, by IPv4 or IPv6.
    public static int free() {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isOf(FORK, port) && GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in " + TRIES_MAX + " tries");
    }

    /// @param fork 0 where the process has no number: it has every port
    static boolean isOf(int fork, int port) {
        if (fork > FORKS_MAX) {
            throw new IllegalStateException("there are ports for " + FORKS_MAX + " processes");
        }
        return fork == 0 || port % FORKS_MAX == fork - 1;
    }

    static boolean isFree(int port) {
        try (ServerSocket everywhere = new ServerSocket(port)) {
            return everywhere.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
