package dev.vestibule.testhouse.home;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Addresses that failed to sign in too often. Lives on the event loop; survives a restart.
final class Bans {

    private final int attemptsMax;
    private final Map<InetAddress, Integer> failures = new HashMap<>();
    private final Set<InetAddress> banned = new HashSet<>();

    Bans(int attemptsMax) {
        this.attemptsMax = attemptsMax;
    }

    boolean holds(InetAddress address) {
        return banned.contains(address);
    }

    void failed(InetAddress address) {
        if (attemptsMax < 1) {
            return;
        }
        if (failures.merge(address, 1, Integer::sum) >= attemptsMax) {
            banned.add(address);
        }
    }

    void succeeded(InetAddress address) {
        failures.remove(address);
    }
}
